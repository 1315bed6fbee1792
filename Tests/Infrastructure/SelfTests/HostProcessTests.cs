namespace Platform.Tests.Infrastructure.SelfTests;

public sealed class HostProcessTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // No Api listens there: Web runs without, and says that it is not ready.
    private static readonly Dictionary<string, string?> Environment = new() { ["API_HTTP"] = $"http://127.0.0.1:{FreePort.Next()}" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TerminateAsync_RunningHost_EndsByItself()
    {
        await using var host = HostProcess.Start("Web", Environment);
        await host.WaitUntilAnsweringAsync(Patience, Cancellation);

        var byItself = await host.TerminateAsync();

        Assert.True(byItself, host.Log);
        Assert.Equal(0, host.ExitCode);
    }

    [Fact]
    public async Task KillAsync_RunningHost_NothingAnswers()
    {
        await using var host = HostProcess.Start("Web", Environment);
        await host.WaitUntilAnsweringAsync(Patience, Cancellation);

        await host.KillAsync();

        Assert.Null(await host.ReadyStatusAsync(Cancellation));
    }

    [Fact]
    public async Task WaitUntilReadyAsync_HostThatEnds_FailsWithItsLog()
    {
        await using var host = HostProcess.Start("Web", new Dictionary<string, string?> { ["API_HTTP"] = "nowhere" });

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => host.WaitUntilReadyAsync(Patience, Cancellation));

        Assert.Contains("which is not an http address", failure.Message, StringComparison.Ordinal);
    }
}
