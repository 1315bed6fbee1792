using Platform.Core.Schedules;
using Platform.Core.Storage;
using Platform.Worker.Features.Schedules;

namespace Platform.Worker.Features.Storage;

/// <summary>Checks the indexes once a day.</summary>
internal sealed partial class IndexCheck(IndexInspection inspection, ILogger<IndexCheck> logger) : IScheduledWork
{
    public async Task<RunResult> RunAsync(CancellationToken cancellationToken)
    {
        var (checkedCount, findings) = await inspection.InspectAsync(cancellationToken);
        foreach (var finding in findings)
        {
            LogFinding(finding);
        }

        var depth = checkedCount is { } count
            ? $"{count} B-trees checked page by page"
            : "the server lacks amcheck, so only the catalogue was read";
        return new RunResult(findings.Count == 0 ? $"No problems found: {depth}." : $"{findings.Count} problems found: {depth}.", findings);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Index check: {Finding}")]
    private partial void LogFinding(string finding);
}
