using Hangfire;
using Platform.Core.Access;
using Platform.Core.Jobs;
using Platform.Core.Storage;

namespace Platform.Worker.Features.Jobs;

/// <summary>Registers Hangfire's server and dashboard in the worker.</summary>
internal static class JobRegistration
{
    // Jobs here wait for the database, not for the processor.
    private const int WorkerCount = 2;

    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Gone = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Seldom = TimeSpan.FromMinutes(5);

    /// <summary>Adds the server of the maintenance queue. Needs the <see cref="NotificationListener"/>.</summary>
    public static IHostApplicationBuilder AddJobServer(this IHostApplicationBuilder builder)
    {
        builder.Services.AddJobs();
        builder.Services.AddKeys();
        builder.Services.AddHangfireServer((services, options) =>
        {
            services.GetRequiredService<NotificationListener>().On(JobQueues.Channel, services.GetRequiredService<NotifiedJobQueue>().Wake);
            options.Queues = [JobQueues.Maintenance];
            options.WorkerCount = WorkerCount;

            // No job here is delayed or recurring: schedules are ours. This is how often Hangfire looks for such all the same.
            options.SchedulePollingInterval = Seldom;

            // At SIGTERM a job's token is cancelled after the first and the job abandoned after the second; ours release their runs at once.
            options.StopTimeout = StopTimeout;
            options.ShutdownTimeout = ShutdownTimeout;

            // Only for the list of servers on the dashboard; its default forgets a dead one after five minutes.
            options.HeartbeatInterval = Heartbeat;
            options.ServerTimeout = Gone;
            options.ServerCheckInterval = Gone;
        });
        return builder;
    }

    /// <summary>Shows Hangfire's own dashboard at <c>/jobs</c>, behind <see cref="DashboardGate"/>.</summary>
    public static WebApplication MapJobDashboard(this WebApplication app)
    {
        app.UseWhen(context => context.Request.Path.StartsWithSegments(DashboardGate.Path), branch => branch.UseMiddleware<DashboardGate>());

        // The gate has authorised the caller; Hangfire's default would refuse everybody who is not on this machine.
        app.UseHangfireDashboard(DashboardGate.Path, new DashboardOptions
        {
            Authorization = [],
            AppPath = null,
            DashboardTitle = "Platform jobs",
            DisplayStorageConnectionString = false,
            ServerPossiblyAbortedThreshold = Gone,
        });
        return app;
    }
}
