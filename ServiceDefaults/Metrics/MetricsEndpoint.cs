using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Platform.ServiceDefaults.Metrics;

/// <summary>Answers Prometheus at <c>/metrics</c>.</summary>
internal static class MetricsEndpoint
{
    public static void AddMetricsEndpoint(this IServiceCollection services)
    {
        services.AddMetrics();
        services.AddSingleton<MetricCollector>();
        services.AddHostedService(provider => provider.GetRequiredService<MetricCollector>());
        services.AddHostedService<HostMeter>();
    }

    public static void MapMetrics(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/metrics", GetMetricsAsync).ExcludeFromDescription().AllowAnonymous().DisableHttpMetrics();

    private static async Task GetMetricsAsync(HttpResponse response, MetricCollector collector, CancellationToken cancellationToken)
    {
        response.ContentType = PrometheusWriter.ContentType;
        collector.Write(new PrometheusWriter(response.BodyWriter));
        await response.BodyWriter.FlushAsync(cancellationToken);
    }
}
