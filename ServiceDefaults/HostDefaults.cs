using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Platform.ServiceDefaults.Correlation;
using Platform.ServiceDefaults.Health;
using Platform.ServiceDefaults.Logs;
using Platform.ServiceDefaults.Metrics;
using Platform.ServiceDefaults.Outgoing;
using Platform.ServiceDefaults.Settings;
using Platform.ServiceDefaults.Shutdown;
using Platform.ServiceDefaults.Startup;
using Platform.ServiceDefaults.Telemetry;

namespace Platform.ServiceDefaults;

/// <summary>What every host does alike. A host calls the three methods in this order.</summary>
public static class HostDefaults
{
    /// <summary>
    /// Adds settings from files and under their short names, logs, metrics, health, telemetry, resilience of outgoing calls and draining.
    /// </summary>
    /// <param name="builder">The host being built.</param>
    /// <param name="hostName">The host's name in logs and telemetry: <c>api</c>, <c>worker</c> or <c>web</c>.</param>
    /// <exception cref="SettingException">A setting cannot be read; the message names it.</exception>
    public static IHostApplicationBuilder AddServiceDefaults(this IHostApplicationBuilder builder, string hostName)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(hostName);

        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.AddSettings();
        builder.AddLogs();
        builder.AddBuildInformation(hostName);
        builder.Services.AddMetricsEndpoint();
        builder.Services.AddHealth();
        builder.Services.AddDraining();
        builder.AddOutgoingHttp();
        builder.AddTelemetryExport(hostName);
        builder.Services.Configure<KestrelServerOptions>(options => options.AddServerHeader = false);
        return builder;
    }

    /// <summary>Puts correlation and request counting in front of everything else; call it first.</summary>
    public static WebApplication UseServiceDefaults(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);

        app.UseMiddleware<CorrelationMiddleware>();
        app.UseMiddleware<DrainMiddleware>();
        return app;
    }

    /// <summary>Maps health, version and metrics. None of them asks for credentials.</summary>
    public static IEndpointRouteBuilder MapServiceDefaults(this IEndpointRouteBuilder routes)
    {
        ArgumentNullException.ThrowIfNull(routes);

        routes.MapHealth();
        routes.MapVersion();
        routes.MapMetrics();
        return routes;
    }
}
