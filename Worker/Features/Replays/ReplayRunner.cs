using System.Diagnostics;
using Platform.Core.DueTimes;
using Platform.Core.Models.Calls;
using Platform.Core.Replays;
using Platform.Core.Storage;
using Platform.Worker.Features.Activations;
using Platform.Worker.Features.DueTimes;

namespace Platform.Worker.Features.Replays;

/// <summary>
/// Runs replays, one after the other: no conversation waits for them, and they must not delay those that do. At SIGTERM the one
/// under way may go on for a moment, then it fails; a model that was asked is not asked again unseen.
/// </summary>
internal sealed partial class ReplayRunner(
    ReplayQueue queue,
    CallReplay replays,
    WorkerIdentity worker,
    NotificationListener notifications,
    DueTimeWatch dueTimes,
    DatabaseState database,
    TimeProvider clock,
    ILogger<ReplayRunner> logger) : BackgroundService
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Beat = ReplayQueue.Lease / 6;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(20);

    private readonly WakeSignal _wake = notifications.Signal(ReplayQueue.WakeChannel);

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        dueTimes.On(DueArea.Replays, PollInterval, _wake.Wake);
        return database.RepeatAsync(WorkAsync, OnFailed, Beat, stoppingToken);
    }

    private async Task WorkAsync(CancellationToken stoppingToken)
    {
        if (await queue.FailLostAsync(stoppingToken) is > 0 and var lost)
        {
            LogLost(lost);
        }

        while (await queue.ClaimAsync(worker.Name, stoppingToken) is { } replay)
        {
            await RunAsync(replay, stoppingToken);
        }

        await _wake.WaitAsync(stoppingToken);
    }

    private void OnFailed(Exception exception)
    {
        if (DatabaseFailure.IsAway(exception))
        {
            LogInterrupted(exception.Message);
        }
        else
        {
            LogRoundFailed(exception);
        }
    }

    private async Task RunAsync(Replay replay, CancellationToken stoppingToken)
    {
        using var span = ReplayTelemetry.Start(replay);
        using var call = new CancellationTokenSource();
        await using var drain = stoppingToken.Register(() => call.CancelAfter(DrainTimeout));
        using var ended = new CancellationTokenSource();
        var beating = BeatAsync(replay, call, ended.Token);
        var result = await AskAsync(replay, call.Token);
        await ended.CancelAsync();
        await beating;
        await FinishAsync(replay, result);
    }

    private async Task<ModelCallResult> AskAsync(Replay replay, CancellationToken cancellationToken)
    {
        try
        {
            return await replays.RunAsync(replay, cancellationToken);
        }
        catch (ModelCallCancelledException cancelled)
        {
            return cancelled.Call with { Error = Stopped() };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Failed(replay, Stopped());
        }
        catch (Exception exception) when (!DatabaseFailure.IsThrownByNpgsql(exception))
        {
            LogFailed(exception, replay.Id);
            return Failed(replay, new ModelError("internal_error", "Internal error; see the worker's log."));
        }
    }

    /// <summary>Keeps the lease; a lost one ends the call, since its answer would be refused.</summary>
    private async Task BeatAsync(Replay replay, CancellationTokenSource call, CancellationToken ended)
    {
        Activity.Current = null;
        try
        {
            while (true)
            {
                await Task.Delay(Beat, clock, ended);
                try
                {
                    if (!await queue.RenewAsync(replay, ended))
                    {
                        LogTakenAway(replay.Id);
                        await call.CancelAsync();
                        return;
                    }
                }
                catch (Exception exception) when (DatabaseFailure.IsThrownByNpgsql(exception))
                {
                    LogInterrupted(exception.Message);
                }
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The call ended first.
        }
    }

    /// <summary>Stores the end; an answer that was paid for waits for Postgres.</summary>
    private async Task FinishAsync(Replay replay, ModelCallResult result)
    {
        for (var began = clock.GetTimestamp(); ;)
        {
            try
            {
                if (await queue.FinishAsync(replay, result, CancellationToken.None))
                {
                    LogEnded(replay.Id, result.Model, result.Error?.Code ?? "ok", (long)result.Duration.TotalMilliseconds);
                }

                return;
            }
            catch (Exception exception) when (DatabaseFailure.IsThrownByNpgsql(exception) && clock.GetElapsedTime(began) < ReplayQueue.Lease)
            {
                LogInterrupted(exception.Message);
                await Task.Delay(Pause, clock, CancellationToken.None);
            }
        }
    }

    private ModelCallResult Failed(Replay replay, ModelError error) => new() { Model = replay.AskedModel, StartedAt = clock.GetUtcNow(), Error = error };

    private static ModelError Stopped() => new("worker_stopped", "The worker was stopped during the call. Replay it again.");

    [LoggerMessage(Level = LogLevel.Information, Message = "Replay {Id} of {Model} ended {Outcome} after {DurationMs} ms")]
    private partial void LogEnded(Guid id, string model, string outcome, long durationMs);

    [LoggerMessage(Level = LogLevel.Error, Message = "Replay {Id} failed because of an internal error")]
    private partial void LogFailed(Exception exception, Guid id);

    [LoggerMessage(Level = LogLevel.Error, Message = "Claiming replays failed; retrying")]
    private partial void LogRoundFailed(Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} replays failed: their workers died")]
    private partial void LogLost(int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Replay {Id} lost its lease; its call is cancelled")]
    private partial void LogTakenAway(Guid id);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Replays are waiting for Postgres: {Reason}")]
    private partial void LogInterrupted(string reason);
}
