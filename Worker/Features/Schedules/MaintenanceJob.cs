using Platform.Core.Jobs;

namespace Platform.Worker.Features.Schedules;

internal sealed class MaintenanceJob(ScheduledRun run) : IMaintenanceJob
{
    public Task RunAsync(string schedule, long number, CancellationToken stopping) => run.RunAsync(schedule, number, stopping);
}
