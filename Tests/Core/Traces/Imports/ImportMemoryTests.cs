using Platform.Core.Traces.Imports;

namespace Platform.Tests.Core.Traces.Imports;

public sealed class ImportMemoryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Take_MoreThanIsLeft_WaitsInTurnAndSurvivesACancelledOne()
    {
        var memory = new ImportMemory(100);
        var first = await memory.TakeAsync(60, Token);
        using var impatient = new CancellationTokenSource();
        var cancelled = memory.TakeAsync(90, impatient.Token);
        var second = memory.TakeAsync(1000, Token);
        var third = memory.TakeAsync(10, Token);

        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.False(second.IsCompleted || third.IsCompleted);

        first.Dispose();
        first.Dispose();
        var all = await second.WaitAsync(TimeSpan.FromSeconds(10), Token);
        Assert.False(third.IsCompleted);
        all.Dispose();
        (await third.WaitAsync(TimeSpan.FromSeconds(10), Token)).Dispose();
    }
}
