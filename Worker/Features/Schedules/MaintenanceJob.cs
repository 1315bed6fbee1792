using Hangfire;

namespace Platform.Worker.Features.Schedules;

/// <summary>A long run of a schedule, as Hangfire executes it. Whether and how often it is begun again is for the schedule to say.</summary>
[AutomaticRetry(Attempts = 0)]
internal sealed class MaintenanceJob(ScheduledRun run)
{
    /// <summary>Runs it, unless somebody did.</summary>
    /// <param name="schedule">The schedule's name.</param>
    /// <param name="number">The run's number.</param>
    /// <param name="stopping">Replaced by Hangfire: cancelled at shutdown and when the job is deleted.</param>
    public Task RunAsync(string schedule, long number, CancellationToken stopping) => run.RunAsync(schedule, number, stopping);
}
