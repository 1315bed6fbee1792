using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Platform.Tests.ServiceDefaults.Health;

/// <summary>A service that a test switches off, on, or makes a black hole that ignores cancellation.</summary>
internal sealed class FakeService : IHealthCheck
{
    private readonly TaskCompletionSource<HealthCheckResult> _never = new();

    public bool IsAway { get; set; }

    public bool IsBlackHole { get; set; }

    /// <summary>What it reports as its problem; null: none.</summary>
    public string? Problem { get; set; }

    /// <summary>Holds up whoever cancels a check, as Npgsql does while its server is frozen; null cancels at once.</summary>
    public ManualResetEventSlim? Cancellation { get; init; }

    public IReadOnlyDictionary<string, object>? Data { get; init; }

    public int Calls { get; private set; }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        Calls++;
        if (Cancellation is { } gate)
        {
            cancellationToken.Register(gate.Wait);
        }

        return IsBlackHole ? _never.Task
            : IsAway ? throw new InvalidOperationException("Host=db;Password=hunter2")
            : Task.FromResult(Problem is { } problem
                ? HealthCheckResult.Unhealthy(data: new Dictionary<string, object> { ["problem"] = problem })
                : HealthCheckResult.Healthy(data: Data));
    }
}
