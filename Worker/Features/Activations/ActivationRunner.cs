using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Platform.Core.Activations;
using Platform.Core.Activations.Queue;
using Platform.Core.DueTimes;
using Platform.Core.Generations;
using Platform.Core.Runs;
using Platform.Core.Storage;
using Platform.Worker.Features.DueTimes;

namespace Platform.Worker.Features.Activations;

/// <summary>
/// Claims activations, has them decided in batches and runs those that need a model side by side, as many as
/// <see cref="ActivationOptions.MaxConcurrent"/>. At SIGTERM it claims nothing more, releases what has not started, lets running
/// ones end and hands the rest back.
/// </summary>
internal sealed partial class ActivationRunner(
    ActivationQueue queue,
    ActivationBatch batch,
    ActivationRun run,
    LeaseKeeper leases,
    LiveChannel live,
    ActivationTelemetry telemetry,
    NotificationListener notifications,
    DueTimeWatch dueTimes,
    DatabaseState database,
    WorkerIdentity identity,
    IOptions<ActivationOptions> options,
    TimeProvider clock,
    ILogger<ActivationRunner> logger) : BackgroundService
{
    /// <summary>More in one transaction gain nothing and hold the first one up.</summary>
    private const int MaxBatch = 64;

    private readonly ConcurrentQueue<DecidedActivation> _decided = new();
    private readonly ConcurrentDictionary<Guid, Task> _deciding = new();
    private readonly ConcurrentDictionary<Guid, Task> _running = new();
    private readonly CancellationTokenSource _handBack = new();
    private readonly WakeSignal _wake = Listen(notifications, leases);
    private readonly WakeSignal _lossDue = new();

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        var drained = Task.Delay(options.Value.DrainTimeout, clock, cancellationToken);
        await Task.WhenAny(Task.WhenAll(_deciding.Values), drained);
        List<HeldLease> waiting = [];
        while (_decided.TryDequeue(out var next))
        {
            waiting.Add(next.Lease);
        }

        await HandBackAsync(waiting);
        LogDraining(_running.Count);
        await Task.WhenAny(Task.WhenAll(_running.Values), drained);
        await _handBack.CancelAsync();
        await Task.WhenAll(_deciding.Values.Concat(_running.Values)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await HandBackAsync(leases.Held);
    }

    public override void Dispose()
    {
        _handBack.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var poll = options.Value.PollInterval < options.Value.SweepInterval ? options.Value.PollInterval : options.Value.SweepInterval;
        dueTimes.On(DueArea.Activations, poll, _wake.Wake);
        dueTimes.On(DueArea.LostActivations, options.Value.SweepInterval, () =>
        {
            _lossDue.Wake();
            _wake.Wake();
        });
        await database.WhenReadyAsync(stoppingToken);
        LogStarted(identity.Name, options.Value.MaxConcurrent);
        await database.RepeatAsync(WorkAsync, LogFailed, options.Value.SweepInterval, stoppingToken);
    }

    /// <summary>One round: take over expired claims, claim queued activations, start decided ones, wait if there was nothing.</summary>
    private async Task WorkAsync(CancellationToken stoppingToken)
    {
        // Claims are never cancelled half way: what the server has given must be known here, or its lease would have to expire.
        var room = Room();
        if (room > 0 && leases.IsRenewing && _lossDue.TryTake())
        {
            room -= await SweepAsync(room);
        }

        var began = clock.GetUtcNow();
        var claims = room > 0 ? await queue.ClaimWaitingAsync(identity.Name, room, CancellationToken.None) : [];
        Decide(claims, began);
        StartDecided();
        if (claims.Count == 0)
        {
            await _wake.WaitAsync(stoppingToken);
        }
    }

    /// <summary>New activations wake the runner, and a cancellation triggers the heartbeat that reads it.</summary>
    private static WakeSignal Listen(NotificationListener notifications, LeaseKeeper leases)
    {
        notifications.On(ActivationQueue.CancelChannel, payload =>
        {
            if (Guid.TryParse(payload, out var id))
            {
                leases.RenewSoon(id);
            }
        });
        return notifications.Signal(ActivationQueue.WakeChannel);
    }

    private int Room() => Math.Min(MaxBatch, options.Value.MaxConcurrent + options.Value.Headroom - leases.Count);

    private async Task<int> SweepAsync(int room)
    {
        var began = clock.GetUtcNow();
        var lost = await queue.SettleLossesAsync(identity.Name, room, leases.HeldIds, options.Value.MaxAttempts, CancellationToken.None);
        foreach (var channel in lost.ParkedChannels)
        {
            live.PublishChange(channel);
        }

        if (lost.ParkedChannels.Count > 0)
        {
            LogParked(lost.ParkedChannels.Count);
        }

        if (lost.EndedConnections > 0)
        {
            LogEnded(lost.EndedConnections);
        }

        Decide(lost.TakenOver, began);
        return lost.TakenOver.Count;
    }

    private void Decide(IReadOnlyList<ActivationClaim> claims, DateTimeOffset began)
    {
        if (claims.Count == 0)
        {
            return;
        }

        List<HeldLease> batchLeases = [.. claims.Select(claim => leases.Hold(claim, telemetry.Start(claim, began)))];

        // The claim was made before it was known for whom; its statement is not recorded, its time is.
        telemetry.StartBatch(batchLeases, "claim", began)?.Dispose();
        Track(_deciding, claims[0].Id, Task.Run(async () =>
        {
            try
            {
                foreach (var going in await batch.DecideAsync(batchLeases, _handBack.Token))
                {
                    _decided.Enqueue(going);
                }
            }
            catch (OperationCanceledException) when (_handBack.IsCancellationRequested)
            {
                // Still held: released with the others.
            }
        }));
    }

    private void StartDecided()
    {
        while (_running.Count < options.Value.MaxConcurrent && _decided.TryDequeue(out var next))
        {
            Track(_running, next.Lease.Claim.Id, Task.Run(() => run.RunAsync(next, _handBack.Token)));
        }
    }

    private void Track(ConcurrentDictionary<Guid, Task> among, Guid id, Task task)
    {
        among[id] = task;
        _ = task.ContinueWith(
            ended =>
            {
                among.TryRemove(KeyValuePair.Create(id, ended));
                _wake.Wake();
                if (ended.Exception is { } exception)
                {
                    LogRunFailed(exception, id);
                }
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    private async Task HandBackAsync(IReadOnlyCollection<HeldLease> rest)
    {
        if (rest.Count == 0)
        {
            return;
        }

        try
        {
            LogHandedBack(await queue.HandBackAsync([.. rest.Select(lease => lease.Claim)], CancellationToken.None));
        }
        catch (Exception exception) when (DatabaseFailure.IsThrownByNpgsql(exception))
        {
            LogNotHandedBack(rest.Count, exception.Message);
        }

        foreach (var lease in rest)
        {
            leases.Release(lease);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Worker {Name} runs up to {MaxConcurrent} activations concurrently")]
    private partial void LogStarted(string name, int maxConcurrent);

    [LoggerMessage(Level = LogLevel.Information, Message = "Stopping: {Count} activations are still running")]
    private partial void LogDraining(int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} activations were released for another worker")]
    private partial void LogHandedBack(int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} activations could not be released; another worker takes them over when their leases expire: {Reason}")]
    private partial void LogNotHandedBack(int count, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} activations are parked: their workers died repeatedly. See the page Queue")]
    private partial void LogParked(int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} database connections of a paused worker were closed: they locked activations whose leases have expired")]
    private partial void LogEnded(int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Claiming activations failed; retrying")]
    private partial void LogFailed(Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Activation {Id} stopped with an unexpected error; it is claimed again when its lease expires")]
    private partial void LogRunFailed(Exception exception, Guid id);
}
