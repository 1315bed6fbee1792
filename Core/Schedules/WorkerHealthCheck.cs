using Microsoft.Extensions.Diagnostics.HealthChecks;
using Platform.Core.Storage;

namespace Platform.Core.Schedules;

/// <summary>Degraded while no worker is running: what people send is stored, and nobody answers it.</summary>
internal sealed class WorkerHealthCheck(WorkerLiveness workers) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            return await workers.IsAliveAsync(cancellationToken)
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Degraded("no worker is running");
        }
        catch (Exception exception) when (DatabaseFailure.IsAway(exception))
        {
            return HealthCheckResult.Degraded("unknown, since the database is unavailable");
        }
    }
}
