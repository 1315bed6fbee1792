using Platform.Core.Schedules;
using Platform.Core.Storage;
using Platform.Worker.Features.Schedules;

namespace Platform.Worker.Features.Storage;

/// <summary>Warns of expired leases that no worker takes over.</summary>
internal sealed partial class ExpiredLeases(ExpiredLeaseReader leases, ILogger<ExpiredLeases> logger) : IScheduledWork
{
    private static readonly TimeSpan Suspicious = TimeSpan.FromSeconds(10);

    public async Task<RunResult> RunAsync(CancellationToken cancellationToken)
    {
        var reports = await leases.ReadAsync(cancellationToken);
        List<string> findings = [];
        foreach (var (table, count, longest) in reports.Where(report => report.Longest > Suspicious))
        {
            LogUnswept(count, table, (long)longest.TotalSeconds);
            findings.Add($"{count} expired leases of {table}, the oldest for {longest.TotalSeconds:0} s: no worker takes them over.");
        }

        return new RunResult(
            reports.Count == 0 ? "No lease has expired." : $"{reports.Sum(report => report.Count)} leases expired just now.", findings);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} leases of {Table} have expired and no worker has taken them over; the oldest expired {Seconds} s ago")]
    private partial void LogUnswept(long count, string table, long seconds);
}
