using Microsoft.Extensions.Diagnostics.HealthChecks;
using Platform.Core.Backups;

namespace Platform.Api.Features.Backups;

/// <summary>
/// Degraded when the newest backup is overdue or failed its restore drill. Health is public, so the reason is left out; the route of
/// the backups has it.
/// </summary>
internal sealed class BackupHealthCheck(BackupRecords records) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var state = await records.ReadAsync(cancellationToken);
        var report = BackupMapping.ToReport(state);
        Dictionary<string, object> data = new() { ["message"] = report.Message };
        if (report.LastBackup is { } backup)
        {
            data["last_backup"] = backup;
        }

        if (report.LastDrill is { } drill)
        {
            data["last_drill"] = drill with { Problem = null };
        }

        return BackupMapping.ProblemOf(state) is { } problem
            ? HealthCheckResult.Degraded(problem, data: data)
            : HealthCheckResult.Healthy(report.Message, data);
    }
}
