using Microsoft.Extensions.DependencyInjection.Extensions;
using Platform.Core.Jobs;
using Platform.Core.Schedules;

namespace Platform.Worker.Features.Schedules;

/// <summary>Registers the scheduler and everything that it runs in the worker.</summary>
internal static class ScheduleRegistration
{
    public static IHostApplicationBuilder AddSchedules(this IHostApplicationBuilder builder) => builder.AddSchedules(new ScheduleList());

    /// <summary>With another list, for tests.</summary>
    public static IHostApplicationBuilder AddSchedules(this IHostApplicationBuilder builder, ScheduleList list)
    {
        builder.Services.AddScheduling();
        builder.Services.AddSingleton(list);
        builder.Services.AddSingleton<ScheduledRun>();
        builder.Services.AddSingleton<MaintenanceQueue>();
        builder.Services.AddTransient<IMaintenanceJob, MaintenanceJob>();
        foreach (var work in list.Works)
        {
            builder.Services.TryAddSingleton(work);
        }

        builder.Services.AddHostedService<Scheduler>();
        return builder;
    }
}
