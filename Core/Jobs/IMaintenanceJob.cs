using Hangfire;

namespace Platform.Core.Jobs;

/// <summary>
/// A long run of a schedule, as Hangfire executes it in a Worker. It is in Core so that every host can name the jobs it
/// lists. The schedule decides whether and how often a run is restarted.
/// </summary>
[AutomaticRetry(Attempts = 0)]
public interface IMaintenanceJob
{
    /// <summary>Runs it, unless it ran already.</summary>
    /// <param name="schedule">The schedule's name.</param>
    /// <param name="number">The run's number.</param>
    /// <param name="stopping">Replaced by Hangfire: cancelled at shutdown and when the job is deleted.</param>
    [JobDisplayName("{0}, run {1}")]
    Task RunAsync(string schedule, long number, CancellationToken stopping);
}
