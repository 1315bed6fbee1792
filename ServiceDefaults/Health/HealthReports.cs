using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Platform.ServiceDefaults.Health;

/// <summary>Runs the checks at most once a second for all callers, so that probes cause no load.</summary>
internal sealed class HealthReports(HealthCheckService checks, TimeProvider clock)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private Task<HealthReport>? _latest;
    private long _startedAt;

    /// <summary>A report at most a second old.</summary>
    public Task<HealthReport> GetAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_latest is null || (_latest.IsCompleted && clock.GetElapsedTime(_startedAt) >= Freshness))
            {
                _startedAt = clock.GetTimestamp();
                _latest = checks.CheckHealthAsync(CancellationToken.None);
            }

            return _latest.WaitAsync(cancellationToken);
        }
    }
}
