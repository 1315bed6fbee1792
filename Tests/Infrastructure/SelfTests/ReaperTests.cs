namespace Platform.Tests.Infrastructure.SelfTests;

public sealed class ReaperTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Watchdog_InputCloses_EndsProcessesAndRemovesFolder()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Reaper.Folder, $"reaped-{Guid.NewGuid():N}")).FullName;
        await using var orphan = ChildProcess.Start("orphan", "sleep", ["600"]);
        using var watchdog = Reaper.Watch(folder);
        await watchdog.StandardInput.WriteLineAsync($"add {orphan.Id}");

        watchdog.StandardInput.Close();

        await orphan.WaitForExitAsync(Cancellation).WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
        await Eventually.TrueAsync(() => !Directory.Exists(folder), TimeSpan.FromSeconds(10), "the folder is removed");
    }
}
