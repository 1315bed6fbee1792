using Platform.Core.Schedules;
using Platform.Core.Storage;
using Platform.Worker.Features.Schedules;

namespace Platform.Worker.Features.Storage;

/// <summary>Makes the coming days' partitions.</summary>
internal sealed class PartitionsAhead(DayPartitions partitions) : IScheduledWork
{
    public async Task<RunResult> RunAsync(CancellationToken cancellationToken)
    {
        await partitions.EnsureAsync(cancellationToken);
        return new RunResult($"Today and the {DayPartitions.DaysAhead} days after it have their partitions.");
    }
}
