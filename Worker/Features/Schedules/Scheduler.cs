using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Platform.Contracts.Schedules;
using Platform.Core.DueTimes;
using Platform.Core.Schedules;
using Platform.Core.Storage;
using Platform.Worker.Features.Activations;
using Platform.Worker.Features.DueTimes;

namespace Platform.Worker.Features.Schedules;

/// <summary>
/// Leads when no other worker does: claims due runs, executes short ones and gives long ones to the job queue. At SIGTERM it
/// hands its runs back and lays leadership down at once.
/// </summary>
internal sealed partial class Scheduler(
    LeaderLease lease,
    ScheduleStore store,
    ScheduleList list,
    ScheduledRun executor,
    MaintenanceQueue queue,
    NotificationListener notifications,
    DueTimeWatch dueTimes,
    DatabaseState database,
    WorkerIdentity identity,
    IOptions<SchedulerOptions> options,
    ILogger<Scheduler> logger) : BackgroundService
{
    private static readonly TimeSpan FirstRunWithin = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Task, bool> _running = new();
    private readonly WakeSignal _leaseFree = notifications.Signal(LeaderLease.WakeChannel);
    private readonly WakeSignal _workDue = notifications.Signal(ScheduleStore.WakeChannel);

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        dueTimes.On(DueArea.Leadership, options.Value.Retry, _leaseFree.Wake);
        dueTimes.On(DueArea.Schedules, options.Value.Retry, _workDue.Wake);
        return database.RepeatAsync(WorkAsync, LogFailed, options.Value.Retry, stoppingToken);
    }

    /// <summary>One round: become leader if there is none, else wait until the lease is free.</summary>
    private async Task WorkAsync(CancellationToken stoppingToken)
    {
        if (await lease.TryTakeAsync(identity.Name, stoppingToken) is { } leadership)
        {
            await LeadAsync(leadership, stoppingToken);
        }

        await _leaseFree.WaitAsync(stoppingToken);
    }

    private async Task LeadAsync(Leadership leadership, CancellationToken stoppingToken)
    {
        LogLeading(identity.Name, leadership.Fence);
        using var leading = CancellationTokenSource.CreateLinkedTokenSource(leadership.Lost, stoppingToken);
        try
        {
            await store.SyncAsync(leadership, list.Definitions, FirstRunWithin, leading.Token);
            while (true)
            {
                await AdvanceAsync(leadership, stoppingToken, leading.Token);
                await _workDue.WaitAsync(leading.Token);
            }
        }
        catch (OperationCanceledException) when (leadership.Lost.IsCancellationRequested)
        {
            // Another worker is the leader; this one waits again. Its runs have leases of their own.
        }
        finally
        {
            await ReleaseAsync(leadership, stoppingToken);
        }
    }

    private async Task AdvanceAsync(Leadership leadership, CancellationToken stopping, CancellationToken leading)
    {
        foreach (var run in await store.AdvanceAsync(leadership, list.Names, leading))
        {
            if (run.Missed > 0)
            {
                LogMissed(run.Schedule, run.Missed, (long)run.Late.TotalSeconds, run.Number);
            }

            if (run.RunsIn == ScheduleRunner.Job)
            {
                await queue.EnqueueAsync(run.Schedule, run.Number, leading);
                continue;
            }

            // A run outlives a lost leadership: it has its own lease, and its end its own fence.
            var task = Task.Run(() => executor.RunAsync(run.Schedule, run.Number, stopping), CancellationToken.None);
            _running[task] = true;
            _ = task.ContinueWith(
                ended =>
                {
                    _running.TryRemove(ended, out _);
                    if (ended.Exception is { } exception && !stopping.IsCancellationRequested)
                    {
                        LogRunFailed(exception, run.Schedule, run.Number);
                    }
                },
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }
    }

    private async Task ReleaseAsync(Leadership leadership, CancellationToken stopping)
    {
        try
        {
            if (await lease.ReleaseAsync(leadership, CancellationToken.None))
            {
                LogLaidDown(identity.Name, leadership.Fence);
            }
        }
        catch (Exception exception) when (DatabaseFailure.IsThrownByNpgsql(exception))
        {
            LogNotLaidDown(exception.Message);
        }

        if (stopping.IsCancellationRequested)
        {
            await Task.WhenAll(_running.Keys).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Worker} became leader for schedules (leadership {Fence})")]
    private partial void LogLeading(string worker, long fence);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Worker} released leadership {Fence}")]
    private partial void LogLaidDown(string worker, long fence);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Leadership could not be released; another worker takes it when its lease expires: {Reason}")]
    private partial void LogNotLaidDown(string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Schedule} missed {Missed} runs because no worker was running, the first {LateSeconds} s ago; run {Number} replaces them")]
    private partial void LogMissed(string schedule, int missed, long lateSeconds, long number);

    [LoggerMessage(Level = LogLevel.Error, Message = "Scheduling failed; retrying")]
    private partial void LogFailed(Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The result of run {Number} of {Schedule} could not be stored; the run starts again when its lease expires")]
    private partial void LogRunFailed(Exception exception, string schedule, long number);
}
