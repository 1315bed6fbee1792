namespace Platform.Core.Storage;

/// <summary>Repeats an operation for as long as Postgres is unavailable. Only for what may run twice: its commit may have arrived before the connection broke.</summary>
public static class DatabaseRetry
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs the operation until it does not fail by an absent Postgres; every other failure passes through.</summary>
    /// <param name="operation">What is done.</param>
    /// <param name="onAway">Called with each failure.</param>
    /// <param name="clock">Measures the pause between two attempts.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public static async Task<T> RunAsync<T>(
        Func<CancellationToken, Task<T>> operation, Action<Exception> onAway, TimeProvider clock, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await operation(cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException && DatabaseFailure.IsAway(exception))
            {
                onAway(exception);
                await Task.Delay(Pause, clock, cancellationToken);
            }
        }
    }
}
