namespace Platform.Tests.Infrastructure.SelfTests;

public sealed class ChildProcessTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EndAsync_ProcessIgnoresSignal_KillsIt()
    {
        await using var process = ChildProcess.Start("stubborn", "bash", ["-c", "trap '' TERM; echo ready; while :; do sleep 0.1; done"]);
        await Eventually.TrueAsync(() => process.Output.Contains("ready"), TimeSpan.FromSeconds(10), "the process says ready");

        var byItself = await process.EndAsync(UnixSignal.Terminate, TimeSpan.FromMilliseconds(200));

        Assert.False(byItself);
        Assert.Equal(128 + (int)UnixSignal.Kill, process.ExitCode);
    }

    [Fact]
    public async Task SignalTree_Kill_ReachesGrandchildren()
    {
        await using var process = ChildProcess.Start("parent", "bash", ["-c", "sleep 600 & echo $!; wait"]);
        await Eventually.TrueAsync(() => process.Lines.Count == 1, TimeSpan.FromSeconds(10), "the process names its child");

        process.SignalTree(UnixSignal.Kill);

        await Eventually.TrueAsync(
            () => !File.Exists($"/proc/{process.Output}/cmdline") || File.ReadAllText($"/proc/{process.Output}/cmdline") == "",
            TimeSpan.FromSeconds(10),
            "the grandchild is gone");
    }
}
