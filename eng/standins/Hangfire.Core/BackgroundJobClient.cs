using Hangfire.Common;
using Hangfire.States;

namespace Hangfire;

/// <inheritdoc cref="IBackgroundJobClient"/>
public class BackgroundJobClient(JobStorage storage) : IBackgroundJobClient
{
    /// <summary>On <see cref="JobStorage.Current"/>.</summary>
    public BackgroundJobClient()
        : this(JobStorage.Current)
    {
    }

    public JobStorage Storage { get; } = storage;

    /// <inheritdoc/>
    public string Create(Job job, IState state)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(state);
        return Complete(token => Storage.CreateJobAsync(job, state, new Dictionary<string, string>(), token), "creation");
    }

    /// <inheritdoc/>
    public bool ChangeState(string jobId, IState state, string? expectedState)
    {
        ArgumentNullException.ThrowIfNull(jobId);
        ArgumentNullException.ThrowIfNull(state);
        return Complete(token => Storage.ChangeStateAsync(jobId, state, expectedState, token), "state change");
    }

    /// <summary>The real interface is synchronous; away from the caller's context nothing can wait for the caller's own thread.</summary>
    private static T Complete<T>(Func<CancellationToken, Task<T>> work, string what)
    {
        try
        {
            return Task.Run(() => work(CancellationToken.None)).GetAwaiter().GetResult();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            throw new BackgroundJobClientException($"Background job {what} failed. See inner exception for details.", exception);
        }
    }
}
