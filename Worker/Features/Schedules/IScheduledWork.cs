using Platform.Core.Schedules;

namespace Platform.Worker.Features.Schedules;

/// <summary>What a run of a schedule does. It may be restarted after its worker died in it, so half of it done must do no harm.</summary>
internal interface IScheduledWork
{
    /// <summary>Runs once.</summary>
    /// <param name="cancellationToken">Cancelled at the schedule's timeout, at shutdown, and when another worker took the run over.</param>
    /// <returns>What it did.</returns>
    Task<RunResult> RunAsync(CancellationToken cancellationToken);
}
