using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Platform.ServiceDefaults.Shutdown;
using Platform.ServiceDefaults.Startup;

namespace Platform.ServiceDefaults.Telemetry;

/// <summary>Sends traces, metrics and logs over OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set. Otherwise nobody listens to activities.</summary>
internal static class TelemetryExport
{
    /// <summary>What the exporters call their clients.</summary>
    private static readonly string[] ExporterClients = ["OtlpTraceExporter", "OtlpMetricExporter", "OtlpLogExporter"];

    public static void AddTelemetryExport(this IHostApplicationBuilder builder, string hostName)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            return;
        }

        var build = BuildInformation.Of(builder.Environment, builder.Configuration["OTEL_SERVICE_NAME"] ?? hostName);
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource
                .AddService(build.Service, serviceNamespace: "platform", serviceVersion: build.Version)
                .AddAttributes([new("deployment.environment.name", build.Environment)]))
            .WithTracing(tracing => tracing
                .SetSampler(new ParentBasedSampler(new RequestedWork()))
                .AddSource("Platform.*")
                .AddAspNetCoreInstrumentation(options => options.Filter = context => !ProbePaths.Contains(context.Request.Path))
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
}
