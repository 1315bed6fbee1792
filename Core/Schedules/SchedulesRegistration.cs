using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Platform.Core.Schedules;

/// <summary>Registers schedules in a host. Needs storage.</summary>
public static class SchedulesRegistration
{
    /// <summary>Registers <see cref="ScheduleReader"/>, for reading schedules and requesting runs, and the health check <c>worker</c>.</summary>
    public static IServiceCollection AddScheduleReader(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<WorkerHealthCheck>("worker", HealthStatus.Degraded, ["stored"]);
        return services.AddSingleton<ScheduleReader>().AddSingleton<WorkerLiveness>();
    }

    /// <summary>Registers what decides and runs: <see cref="LeaderLease"/>, <see cref="ScheduleStore"/> and <see cref="ScheduleRuns"/>.</summary>
    public static IServiceCollection AddScheduling(this IServiceCollection services)
    {
        services.AddOptions<SchedulerOptions>().BindConfiguration(SchedulerOptions.Section).ValidateOnStart();
        return services
            .AddSingleton<LeaderLease>()
            .AddSingleton<ScheduleStore>()
            .AddSingleton<ScheduleRuns>();
    }
}
