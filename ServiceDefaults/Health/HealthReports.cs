using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Platform.ServiceDefaults.Health;

/// <summary>Runs the checks at most once a second for all callers, so that probes cause no load.</summary>
internal sealed class HealthReports(HealthCheckService checks, TimeProvider clock)
{
    private readonly RecentReport _all = new(() => checks.CheckHealthAsync(CancellationToken.None), clock);
    private readonly RecentReport _ready = new(
        () => checks.CheckHealthAsync(check => check.Tags.Contains(HealthTags.Ready), CancellationToken.None), clock);

    /// <summary>A report of all checks, at most a second old.</summary>
    public Task<HealthReport> GetAsync(CancellationToken cancellationToken) => _all.GetAsync(cancellationToken);

    /// <summary>A report of the checks that the host is not ready without. It does not wait for the others: Redis that does not answer would delay the readiness of Api and Web.</summary>
    public Task<HealthReport> GetReadinessAsync(CancellationToken cancellationToken) => _ready.GetAsync(cancellationToken);

    private sealed class RecentReport(Func<Task<HealthReport>> check, TimeProvider clock)
    {
        private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

        private readonly Lock _gate = new();
        private Task<HealthReport>? _latest;
        private long _startedAt;

        public Task<HealthReport> GetAsync(CancellationToken cancellationToken)
        {
            lock (_gate)
            {
                if (_latest is null || (_latest.IsCompleted && clock.GetElapsedTime(_startedAt) >= Freshness))
                {
                    _startedAt = clock.GetTimestamp();
                    _latest = check();
                }

                return _latest.WaitAsync(cancellationToken);
            }
        }
    }
}
