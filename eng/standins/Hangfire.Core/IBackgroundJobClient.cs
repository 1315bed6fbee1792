using Hangfire.Common;
using Hangfire.States;

namespace Hangfire;

/// <summary>Creates jobs and changes their state; see <see cref="BackgroundJobClientExtensions"/>.</summary>
public interface IBackgroundJobClient
{
    /// <returns>The new job's id.</returns>
    /// <exception cref="BackgroundJobClientException">The storage failed; the inner exception says how.</exception>
    string Create(Job job, IState state);

    /// <returns>Whether the job is there and was in <paramref name="expectedState"/>; null: in any.</returns>
    /// <exception cref="BackgroundJobClientException">The storage failed; the inner exception says how.</exception>
    bool ChangeState(string jobId, IState state, string? expectedState);
}
