using Platform.Core.Generations;
using Platform.Core.Schedules;
using Platform.Core.Traces.Imports;
using Platform.Core.Traces.Verify;
using Platform.Worker.Features.Schedules;

namespace Platform.Worker.Features.Storage;

/// <summary>Cleans up after processes that were killed.</summary>
internal sealed class Orphans(OrphanedGenerations generations, ImportRuns imports, TraceOrphans traces) : IScheduledWork
{
    public async Task<RunResult> RunAsync(CancellationToken cancellationToken)
    {
        var answers = await generations.RemoveAsync(cancellationToken);
        var runs = await imports.FailAbandonedAsync(cancellationToken);
        var rows = await traces.TidyAsync(cancellationToken);
        return new RunResult(answers + runs + rows == 0
            ? null
            : $"{answers} partial answers removed, {runs} imports marked as failed, {rows} rows without a trace removed.");
    }
}
