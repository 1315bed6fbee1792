using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Platform.Web.Upstream;

/// <summary>Web is ready when the API is ready.</summary>
internal sealed class ApiReadinessCheck(ForwarderConnection connection) : IHealthCheck
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Timeout);
        try
        {
            var status = await connection.ProbeAsync(timeout.Token);
            return (int)status < 300
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy($"The API's /ready returned {(int)status}.");
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy("The API did not respond.", exception);
        }
    }
}
