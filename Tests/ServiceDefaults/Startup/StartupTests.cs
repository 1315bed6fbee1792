using System.Text.Json;
using Platform.ServiceDefaults.Startup;

namespace Platform.Tests.ServiceDefaults.Startup;

public class StartupTests
{
    [Fact]
    public async Task Version_Asked_NamesTheBuild()
    {
        await using var host = await DefaultsHost.StartAsync();

        var text = await host.Client.GetStringAsync(new Uri("/version", UriKind.Relative), TestContext.Current.CancellationToken);

        var json = JsonDocument.Parse(text).RootElement;
        Assert.Equal("test", json.GetProperty("service").GetString());
        Assert.Matches(@"^\d+\.\d+\.\d+", json.GetProperty("version").GetString());
        Assert.True(json.TryGetProperty("commit", out _));
        Assert.True(DateTimeOffset.TryParse(json.GetProperty("built").GetString(), out _));
        Assert.Equal("Production", json.GetProperty("environment").GetString());
    }

    [Fact]
    public async Task Start_FirstLogLine_NamesServiceAndEnvironment()
    {
        await using var host = await DefaultsHost.StartAsync();

        var line = Assert.Single(host.Logs.Entries, entry => entry.Category.EndsWith(nameof(StartupLog), StringComparison.Ordinal)).Message;

        Assert.StartsWith("test ", line, StringComparison.Ordinal);
        Assert.Contains("Production", line, StringComparison.Ordinal);
    }
}
