namespace Platform.Tests.Infrastructure.SelfTests;

public sealed class HostProcessTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TerminateAsync_RunningHost_EndsByItself()
    {
        await using var host = HostProcess.Start("Web", new Dictionary<string, string?>());
        await Eventually.TrueAsync(
            async token => await host.ReadyStatusAsync(token) is not null, TimeSpan.FromSeconds(30), "the host answers");

        var byItself = await host.TerminateAsync();

        Assert.True(byItself, host.Log);
        Assert.Equal(0, host.ExitCode);
    }

    [Fact]
    public async Task KillAsync_RunningHost_NothingAnswers()
    {
        await using var host = HostProcess.Start("Web", new Dictionary<string, string?>());
        await Eventually.TrueAsync(
            async token => await host.ReadyStatusAsync(token) is not null, TimeSpan.FromSeconds(30), "the host answers");

        await host.KillAsync();

        Assert.Null(await host.ReadyStatusAsync(Cancellation));
    }
}
