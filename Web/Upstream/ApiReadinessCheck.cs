using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Platform.Web.Upstream;

/// <summary>Web is ready when the Api is: without it no page has anything to show.</summary>
internal sealed class ApiReadinessCheck(ForwarderConnection connection, IConfiguration configuration) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Patience);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(ApiAddress.From(configuration), "/ready"));
        try
        {
            using var response = await connection.Invoker.SendAsync(request, timeout.Token);
            return response.IsSuccessStatusCode
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy($"The Api's /ready answered {(int)response.StatusCode}.");
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy("The Api does not answer.", exception);
        }
    }
}
