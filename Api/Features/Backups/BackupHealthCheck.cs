using Microsoft.Extensions.Diagnostics.HealthChecks;
using Platform.Core.Backups;

namespace Platform.Api.Features.Backups;

/// <summary>
/// Degraded when the newest backup is overdue or could not be restored. Everybody may read what it tells, so the reason is left out: the route of
/// the backups tells that.
/// </summary>
internal sealed class BackupHealthCheck(BackupRecords records) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var state = await records.ReadAsync(cancellationToken);
        var report = BackupMapping.ToReport(state);
        Dictionary<string, object> told = new() { ["message"] = report.Message };
        if (report.LastBackup is { } backup)
        {
            told["last_backup"] = backup;
        }

        if (report.LastDrill is { } drill)
        {
            told["last_drill"] = drill with { Problem = null };
        }

        return BackupMapping.ProblemOf(state) is { } problem
            ? HealthCheckResult.Degraded(problem, data: told)
            : HealthCheckResult.Healthy(report.Message, told);
    }
}
