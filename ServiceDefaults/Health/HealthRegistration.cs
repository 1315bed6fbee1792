using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Platform.ServiceDefaults.Health;

/// <summary>
/// Bounds and caches health checks. Whoever owns a service registers its check with
/// <c>AddHealthChecks().AddCheck&lt;T&gt;("postgres", tags: ["ready"])</c>; the name becomes the key in the answers.
/// </summary>
internal static class HealthRegistration
{
    public static void AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks();
        services.AddSingleton<HealthReports>();
        services.AddOptions<HealthCheckServiceOptions>().PostConfigure<ILoggerFactory, TimeProvider>((options, loggers, clock) =>
        {
            var logger = loggers.CreateLogger<BoundedHealthCheck>();
            foreach (var registration in options.Registrations)
            {
                Bound(registration, logger, clock);
            }
        });
    }

    /// <summary>One wrapper for each registration, since it remembers the last status.</summary>
    private static void Bound(HealthCheckRegistration registration, ILogger logger, TimeProvider clock)
    {
        var create = registration.Factory;
        var bounded = new BoundedHealthCheck(registration.Name, create, clock, logger);
        registration.Factory = services => bounded.In(services);
    }
}
