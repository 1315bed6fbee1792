using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Platform.Core.Activations;
using Platform.Core.Storage;

namespace Platform.Worker.Features.Activations;

/// <summary>
/// Claims activations and runs them side by side, as many as <see cref="ActivationOptions.MaxConcurrent"/>. At SIGTERM it claims
/// nothing more, lets running ones end and hands the rest back.
/// </summary>
internal sealed partial class ActivationRunner(
    ActivationQueue queue,
    ActivationRun run,
    LeaseKeeper leases,
    ActivationWake wake,
    DatabaseState database,
    WorkerIdentity identity,
    IOptions<ActivationOptions> options,
    TimeProvider clock,
    ILogger<ActivationRunner> logger) : BackgroundService
{
    private readonly ConcurrentDictionary<Guid, Task> running = new();
    private readonly CancellationTokenSource handBack = new();
    private long lastSweep;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        var all = Task.WhenAll(running.Values);
        LogDraining(running.Count);
        await Task.WhenAny(all, Task.Delay(options.Value.DrainTimeout, clock, cancellationToken));
        await handBack.CancelAsync();
        await all;
    }

    public override void Dispose()
    {
        handBack.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await database.WhenReadyAsync(stoppingToken);
        LogStarted(identity.Name, options.Value.MaxConcurrent);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await WorkAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LogFailed(exception);
                await database.WhenReadyAsync(stoppingToken);
                await Task.Delay(options.Value.SweepInterval, clock, stoppingToken);
            }
        }
    }

    /// <summary>One round: take over what was abandoned, claim what waits, sleep if there was nothing.</summary>
    private async Task WorkAsync(CancellationToken stoppingToken)
    {
        var free = options.Value.MaxConcurrent - running.Count;
        if (free > 0 && clock.GetElapsedTime(lastSweep) >= options.Value.SweepInterval)
        {
            lastSweep = clock.GetTimestamp();
            free -= Start(await queue.ClaimAbandonedAsync(identity.Name, free, leases.Held, stoppingToken));
        }

        var claimed = free > 0 ? Start(await queue.ClaimWaitingAsync(identity.Name, free, stoppingToken)) : 0;
        if (claimed == 0 || claimed == free)
        {
            var poll = options.Value.PollInterval < options.Value.SweepInterval ? options.Value.PollInterval : options.Value.SweepInterval;
            await wake.WaitAsync(poll, stoppingToken);
        }
    }

    private int Start(IReadOnlyList<ActivationClaim> claims)
    {
        foreach (var claim in claims)
        {
            var task = Task.Run(() => run.RunAsync(claim, handBack.Token));
            running[claim.Id] = task;
            _ = task.ContinueWith(
                ended =>
                {
                    running.TryRemove(claim.Id, out _);
                    wake.Wake();
                    if (ended.Exception is { } exception)
                    {
                        LogRunFailed(exception, claim.Id);
                    }
                },
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }

        return claims.Count;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Worker {Name} takes up to {MaxConcurrent} activations at once")]
    private partial void LogStarted(string name, int maxConcurrent);

    [LoggerMessage(Level = LogLevel.Information, Message = "Stopping: {Count} activations are still running")]
    private partial void LogDraining(int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Claiming activations failed; trying again")]
    private partial void LogFailed(Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Activation {Id} ended by an unexpected error; another claim follows when its lease runs out")]
    private partial void LogRunFailed(Exception exception, Guid id);
}
