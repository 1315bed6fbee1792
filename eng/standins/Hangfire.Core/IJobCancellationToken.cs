namespace Hangfire;

/// <summary>Tells a running job that it should end: its server stops, or the job is no longer this server's to run.</summary>
public interface IJobCancellationToken
{
    CancellationToken ShutdownToken { get; }

    /// <exception cref="OperationCanceledException">The job should end.</exception>
    void ThrowIfCancellationRequested();
}
