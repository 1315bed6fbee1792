using Platform.Core.Retention;
using Platform.Core.Schedules;
using Platform.Worker.Features.Schedules;

namespace Platform.Worker.Features.Retention;

/// <summary>Deletes data older than its retention period.</summary>
internal sealed class RetentionByAge(RetentionSweep sweep) : IScheduledWork
{
    public async Task<RunResult> RunAsync(CancellationToken cancellationToken)
    {
        var (dropped, failed) = await sweep.RunAsync(cancellationToken);
        var summary = dropped.Count == 0
            ? null
            : string.Join("; ", dropped.Select(one => one.Value.Partitions > 0
                ? $"{one.Key}: {one.Value.Partitions} days deleted"
                : $"{one.Key}: {one.Value.Rows} rows deleted")) + ".";
        return new RunResult(summary, [.. failed.Select(one => $"{one.Key} failed: {one.Value}")]);
    }
}
