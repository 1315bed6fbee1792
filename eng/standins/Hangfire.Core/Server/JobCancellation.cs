namespace Hangfire.Server;

/// <summary>Cancelled when the server stops, or when the job is taken away from it.</summary>
internal sealed class JobCancellation : IJobCancellationToken, IDisposable
{
    private readonly CancellationToken _stopping;
    private readonly CancellationTokenSource _source;
    private volatile bool _isAborted;

    public JobCancellation(CancellationToken stopping)
    {
        _stopping = stopping;
        _source = CancellationTokenSource.CreateLinkedTokenSource(stopping);
    }

    public CancellationToken ShutdownToken => _source.Token;

    /// <summary>Whether the server is stopping; the job then runs again elsewhere.</summary>
    public bool IsStopping => _stopping.IsCancellationRequested;

    public void ThrowIfCancellationRequested()
    {
        if (_isAborted)
        {
            throw new JobAbortedException();
        }

        _source.Token.ThrowIfCancellationRequested();
    }

    public void Abort()
    {
        _isAborted = true;
        try
        {
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The job ended meanwhile.
        }
    }

    public void Dispose() => _source.Dispose();
}
