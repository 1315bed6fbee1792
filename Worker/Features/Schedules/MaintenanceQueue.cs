using Hangfire;
using Platform.Core.Jobs;

namespace Platform.Worker.Features.Schedules;

/// <summary>Gives long runs to whichever worker is free.</summary>
internal sealed class MaintenanceQueue(IBackgroundJobClient jobs)
{
    /// <summary>Queues a run. Queued twice, it still runs once: a run is begun by its number.</summary>
    /// <exception cref="BackgroundJobClientException">Postgres cannot be reached; the leader queues it again.</exception>
    public Task EnqueueAsync(string schedule, long number, CancellationToken cancellationToken) =>
        Task.Run(
            () => jobs.Enqueue<IMaintenanceJob>(JobQueues.Maintenance, job => job.RunAsync(schedule, number, CancellationToken.None)),
            cancellationToken);
}
