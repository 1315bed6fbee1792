namespace Platform.Worker.Features.Schedules;

/// <summary>Gives long runs to whichever worker is free.</summary>
internal sealed class MaintenanceQueue(IServiceProvider services, IHostApplicationLifetime lifetime)
{
    /// <summary>Queues a run. Queued twice, it still runs once: a run is begun by its number.</summary>
    public Task EnqueueAsync(string schedule, long number, CancellationToken cancellationToken)
    {
        _ = Task.Run(() => services.GetRequiredService<ScheduledRun>().RunAsync(schedule, number, lifetime.ApplicationStopping), cancellationToken);
        return Task.CompletedTask;
    }
}
