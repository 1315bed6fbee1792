using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Platform.Web.Upstream;

/// <summary>Web is ready when the Api is: without it no page has anything to show.</summary>
internal sealed class ApiReadinessCheck(ForwarderConnection connection) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Patience);
        try
        {
            var status = await connection.ProbeAsync(timeout.Token);
            return (int)status < 300
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy($"The Api's /ready answered {(int)status}.");
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy("The Api does not answer.", exception);
        }
    }
}
