using Platform.Core.Schedules;
using Platform.Worker.Features.Schedules;

namespace Platform.Tests.Worker.Schedules;

/// <summary>Goes on until it is told to stop.</summary>
internal sealed class EndlessWork : IScheduledWork
{
    public async Task<RunResult> RunAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        return new RunResult("Never.");
    }
}
