using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;
using Platform.ServiceDefaults.Access;

namespace Platform.ServiceDefaults.Metrics;

/// <summary>Serves <c>/metrics</c> for Prometheus, and selects the metrics that are exported there and over OTLP.</summary>
internal static class MetricsEndpoint
{
    /// <summary>The most series a metric may have; measurements under further labels go to one series, <c>otel_metric_overflow="true"</c>.</summary>
    public const int SeriesLimit = 500;

    /// <summary>Buckets, in seconds, of histograms that advise none: OpenTelemetry's own default is meant for milliseconds.</summary>
    private static readonly double[] Seconds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30, 60, 120];

    public static void AddMetricsEndpoint(this IServiceCollection services)
    {
        services.AddHostedService<HostMeter>();
        services.AddOptions<MetricsOptions>().BindConfiguration(MetricsOptions.Section).ValidateOnStart();
        services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddAspNetCoreInstrumentation()
            .AddHttpClientInstrumentation()
            .AddRuntimeInstrumentation()
            .AddMeter("Platform.*", "Npgsql", "Microsoft.EntityFrameworkCore", "Polly")
            .AddView(ViewOf)
            .AddPrometheusExporter(options =>
            {
                // platform_build_info has what target_info would have; the meter's name would be a label of every series.
                options.TargetInfoEnabled = false;
                options.ScopeInfoEnabled = false;
            }));
    }

    /// <param name="routes">The host's routes.</param>
    /// <param name="hasKey">Whether a request has a key; null for a host that knows none.</param>
    public static void MapMetrics(this IEndpointRouteBuilder routes, Func<HttpContext, bool>? hasKey) => routes
        .MapPrometheusScrapingEndpoint("/metrics", meterProvider: null, branch => branch.Use((context, next) =>
            MayRead(context, hasKey)
                ? next(context)
                : Results.Problem(
                    hasKey is null
                        ? "Ask from the same machine, or set METRICS_OPEN=true."
                        : "Send an API key as 'Authorization: Bearer KEY', ask from the same machine, or set METRICS_OPEN=true.",
                    statusCode: StatusCodes.Status401Unauthorized,
                    title: "Metrics are not public").ExecuteAsync(context)),
            optionsName: null)
        .AllowAnonymous().DisableHttpMetrics();

    private static bool MayRead(HttpContext context, Func<HttpContext, bool>? hasKey) =>
        context.RequestServices.GetRequiredService<IOptions<MetricsOptions>>().Value.Open
        || LocalDevelopment.IsLocal(context)
        || hasKey?.Invoke(context) is true;

    private static MetricStreamConfiguration ViewOf(Instrument instrument) => instrument switch
    {
        // Polly's durations: System.Net.Http measures the same calls, in the base unit.
        { Unit: "ms" } => MetricStreamConfiguration.Drop,
        Histogram<double> { Advice: null, Unit: "s" } => new ExplicitBucketHistogramConfiguration { Boundaries = Seconds, CardinalityLimit = SeriesLimit },
        _ => new MetricStreamConfiguration { CardinalityLimit = SeriesLimit },
    };
}
