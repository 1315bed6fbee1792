using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Resources;
using Platform.ServiceDefaults.Startup;

namespace Platform.ServiceDefaults.Telemetry;

/// <summary>
/// Sends traces, metrics and logs over OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set. Otherwise not even the assemblies are loaded,
/// and nobody listens to activities.
/// </summary>
internal static class TelemetryExport
{
    public static void AddTelemetryExport(this IHostApplicationBuilder builder, string hostName)
    {
        if (!string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            Export(builder, builder.Configuration["OTEL_SERVICE_NAME"] ?? hostName);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Export(IHostApplicationBuilder builder, string serviceName)
    {
        var build = BuildInformation.Of(builder.Environment, serviceName);
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource
                .AddService(serviceName, serviceNamespace: "platform", serviceVersion: build.Version)
                .AddAttributes([new("deployment.environment.name", build.Environment)]))
            .WithTracing(tracing => tracing.AddSource([.. TelemetrySources.Activities]))
            .WithMetrics(metrics => metrics.AddMeter([.. TelemetrySources.Meters]))
            .WithLogging(null, logs =>
            {
                logs.IncludeFormattedMessage = true;
                logs.IncludeScopes = true;
            })
            .UseOtlpExporter();
    }
}
