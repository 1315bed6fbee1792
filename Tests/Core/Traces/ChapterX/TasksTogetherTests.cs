using Platform.Core.Traces.ChapterX;

namespace Platform.Tests.Core.Traces.ChapterX;

public sealed class TasksTogetherTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_OneFails_StopsTheOthersAndThrowsItsFailure()
    {
        var stopped = new TaskCompletionSource();

        await Assert.ThrowsAsync<InvalidOperationException>(() => TasksTogether.RunAsync([WaitAsync, FailAsync], Token));

        Assert.True(stopped.Task.IsCompleted);

        async Task WaitAsync(CancellationToken token)
        {
            try
            {
                await Task.Delay(Timeout.Infinite, token);
            }
            finally
            {
                stopped.SetResult();
            }
        }

        static async Task FailAsync(CancellationToken token)
        {
            await Task.Yield();
            throw new InvalidOperationException("It fails.");
        }
    }

    [Fact]
    public async Task RunAsync_AllEnd_WaitsForAll()
    {
        var ended = 0;

        await TasksTogether.RunAsync([EndAsync, EndAsync], Token);

        Assert.Equal(2, ended);

        async Task EndAsync(CancellationToken token)
        {
            await Task.Yield();
            Interlocked.Increment(ref ended);
        }
    }
}
