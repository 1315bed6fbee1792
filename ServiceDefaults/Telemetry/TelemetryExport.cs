using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Platform.ServiceDefaults.Outgoing;
using Platform.ServiceDefaults.Shutdown;
using Platform.ServiceDefaults.Startup;

namespace Platform.ServiceDefaults.Telemetry;

/// <summary>Sends traces, metrics and logs over OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set. Otherwise no activities are recorded.</summary>
internal static class TelemetryExport
{
    /// <summary>Set to true when the collector is reached through the environment's proxy.</summary>
    private const string UseProxyKey = "Telemetry:UseProxy";

    private static readonly string[] EndpointKeys =
    [
        "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT",
    ];

    /// <summary>What the exporters call their clients.</summary>
    private static readonly string[] ExporterClients = ["OtlpTraceExporter", "OtlpMetricExporter", "OtlpLogExporter"];

    public static void AddTelemetryExport(this IHostApplicationBuilder builder, string hostName)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            return;
        }

        CallCollectorDirectly(builder.Configuration);
        var build = BuildInformation.Of(builder.Environment, builder.Configuration["OTEL_SERVICE_NAME"] ?? hostName);
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource
                .AddService(build.Service, serviceNamespace: "platform", serviceVersion: build.Version)
                .AddAttributes([new("deployment.environment.name", build.Environment)]))
            .WithTracing(tracing => tracing
                .SetSampler(new ParentBasedSampler(new RequestedWork()))
                .AddSource("Platform.*")
                .AddAspNetCoreInstrumentation(options =>
                {
                    options.Filter = context => !ProbePaths.Contains(context.Request.Path) && !IsAsset(context.Request.Path);

                    // A page's route and its form handlers would be traces of their own, which what the page asks of the Api joins; it belongs to the request.
                    options.EnableRazorComponentsSupport = false;
                })
                .AddHttpClientInstrumentation()
                .AddNpgsql())
            .WithLogging(null, logs =>
            {
                logs.IncludeFormattedMessage = true;
                logs.IncludeScopes = true;
            })
            .UseOtlpExporter();
        foreach (var name in ExporterClients)
        {
            // The last export happens while the host's services are being disposed of: it can use none of them, neither retries nor logs.
            builder.Services.AddHttpClient(name).ConfigureAdditionalHttpMessageHandlers((handlers, _) => handlers.Clear()).RemoveAllLoggers();
        }
    }

    /// <summary>
    /// The collector is a neighbour, which no proxy finds, unless the setting says otherwise. The exporters make clients of their own, so the process's
    /// default proxy is what they follow.
    /// </summary>
    private static void CallCollectorDirectly(IConfiguration configuration)
    {
        if (configuration.GetValue<bool>(UseProxyKey))
        {
            return;
        }

        var collectors = EndpointKeys.Select(key => Uri.TryCreate(configuration[key], UriKind.Absolute, out var address) ? address : null).OfType<Uri>();
        HttpClient.DefaultProxy = new DirectProxy(HttpClient.DefaultProxy, [.. collectors]);
    }

    /// <summary>Whether a path is a script, style, font or picture of a page: a page has a dozen, which would hide its own request.</summary>
    private static bool IsAsset(PathString path) => Path.GetExtension(path.Value) is ".js" or ".css" or ".woff2" or ".svg" or ".png" or ".ico";
}
