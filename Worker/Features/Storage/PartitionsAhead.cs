using Platform.Core.Schedules;
using Platform.Core.Storage;
using Platform.Worker.Features.Schedules;

namespace Platform.Worker.Features.Storage;

/// <summary>Creates the day partitions of the coming days.</summary>
internal sealed class PartitionsAhead(DayPartitions partitions) : IScheduledWork
{
    public async Task<RunResult> RunAsync(CancellationToken cancellationToken)
    {
        await partitions.EnsureAsync(cancellationToken);
        return new RunResult($"Partitions exist for today and the next {DayPartitions.DaysAhead} days.");
    }
}
