using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Platform.Core.Storage;

/// <summary>Unhealthy while Postgres is unavailable or its schema is not this version's.</summary>
internal sealed class DatabaseHealthCheck(DatabaseState state) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await state.ProblemAsync(cancellationToken) is { } problem
            ? HealthCheckResult.Unhealthy(problem, data: new Dictionary<string, object> { ["problem"] = problem })
            : HealthCheckResult.Healthy();
}
