using Microsoft.Extensions.DependencyInjection;
using Platform.ServiceDefaults.Health;

namespace Platform.Tests.ServiceDefaults.Health;

public class HealthCommandTests
{
    [Theory]
    [InlineData("ASPNETCORE_HTTP_PORTS", "9001", 9001)]
    [InlineData("HTTP_PORTS", "9002;9003", 9002)]
    [InlineData("ASPNETCORE_URLS", "https://+:1;http://+:9004", 9004)]
    [InlineData("ASPNETCORE_URLS", "http://localhost:9005/", 9005)]
    [InlineData("UNRELATED", "1", 8080)]
    public void Port_FromTheVariablesOfKestrel_IsTheFirstPlainOne(string name, string value, int expected) =>
        Assert.Equal(expected, HealthCommand.Port(asked => asked == name ? value : null));

    [Fact]
    public async Task TryRun_OtherArguments_IsNotMeant()
    {
        Assert.Null(await HealthCommand.TryRunAsync([], TestContext.Current.CancellationToken));
        Assert.Null(await HealthCommand.TryRunAsync(["migrate"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Ask_HostReadyThenGone_IsZeroThenOne()
    {
        var host = await DefaultsHost.StartAsync();
        var port = host.Client.BaseAddress!.Port;
        try
        {
            Assert.Equal(0, await HealthCommand.RequestAsync(port, "ready", TestContext.Current.CancellationToken));
        }
        finally
        {
            await host.DisposeAsync();
        }

        Assert.Equal(1, await HealthCommand.RequestAsync(port, "ready", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Ask_DatabaseIsAway_IsAliveButNotReady()
    {
        FakeService postgres = new() { IsAway = true };
        await using var host = await DefaultsHost.StartAsync(services => services.AddHealthChecks().AddCheck("postgres", postgres, tags: [HealthTags.Ready]));
        var port = host.Client.BaseAddress!.Port;

        Assert.Equal(1, await HealthCommand.RequestAsync(port, "ready", TestContext.Current.CancellationToken));
        Assert.Equal(0, await HealthCommand.RequestAsync(port, "alive", TestContext.Current.CancellationToken));
    }
}
