using System.Globalization;
using Platform.Core.Schedules;
using Platform.Core.Traces;
using Platform.Worker.Features.Schedules;

namespace Platform.Worker.Features.Storage;

/// <summary>Renews stored search words, some batches a run, until all are in their present form.</summary>
internal sealed class SearchWords(WordRenewer renewer) : IScheduledWork
{
    private const int BatchesPerRun = 200;

    public async Task<RunResult> RunAsync(CancellationToken cancellationToken)
    {
        WordRenewal? reached = null;
        for (var i = 0; i < BatchesPerRun && await renewer.RenewBatchAsync(cancellationToken) is { } renewal; i++)
        {
            reached = renewal;
        }

        return new RunResult(reached switch
        {
            null => null,
            { FinishedAt: null } => Unfinished(reached, await renewer.EstimateTracesAsync(cancellationToken)),
            { Traces: 0 } => null,
            _ => string.Create(CultureInfo.InvariantCulture, $"Search words of all {reached.Traces:N0} traces renewed; {reached.Changed:N0} changed."),
        });
    }

    private static string Unfinished(WordRenewal reached, long total) => string.Create(
        CultureInfo.InvariantCulture,
        $"Search words of {reached.Traces:N0} of about {Math.Max(total, reached.Traces):N0} traces renewed; the next run continues.");
}
