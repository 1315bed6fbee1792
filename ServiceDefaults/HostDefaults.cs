using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
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
using Platform.ServiceDefaults.Requests;
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
        builder.Services.AddTrustedProxies();
        builder.AddOutgoingHttp();
        builder.AddTelemetryExport(hostName);
        builder.Services.Configure<KestrelServerOptions>(options => options.AddServerHeader = false);
        return builder;
    }

    /// <summary>Puts security headers, correlation, the check of <c>Host</c> and request counting in front of everything else; call it first.</summary>
    /// <param name="app">The host.</param>
    /// <param name="contentSecurityPolicy">The policy of responses that have none of their own.</param>
    public static WebApplication UseServiceDefaults(this WebApplication app, string contentSecurityPolicy = SecurityHeaders.NothingAllowed)
    {
        ArgumentNullException.ThrowIfNull(app);

        app.UseSecurityHeaders(contentSecurityPolicy);
        app.UseMiddleware<CorrelationMiddleware>();
        app.UseMiddleware<HostNameCheck>();
        app.UseMiddleware<DrainMiddleware>();
        return app;
    }

    /// <summary>Maps health and version, which ask for no credentials, and metrics, which do unless the request comes from this machine.</summary>
    /// <param name="routes">The host's routes.</param>
    /// <param name="hasKey">Whether a request has a key; null for a host that knows none.</param>
    public static IEndpointRouteBuilder MapServiceDefaults(this IEndpointRouteBuilder routes, Func<HttpContext, bool>? hasKey = null)
    {
        ArgumentNullException.ThrowIfNull(routes);

        routes.MapHealth();
        routes.MapVersion();
        routes.MapMetrics(hasKey);
        return routes;
    }
}
