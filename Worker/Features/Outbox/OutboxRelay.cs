using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Platform.Core.DueTimes;
using Platform.Core.Outbox;
using Platform.Core.Storage;
using Platform.Worker.Features.DueTimes;

namespace Platform.Worker.Features.Outbox;

/// <summary>
/// Claims effects and delivers them side by side, as many as <see cref="OutboxOptions.MaxConcurrent"/>. At SIGTERM it claims
/// nothing more, lets deliveries end for a moment and hands the rest back.
/// </summary>
internal sealed partial class OutboxRelay(
    OutboxQueue queue,
    Delivery delivery,
    NotificationListener notifications,
    DueTimeWatch dueTimes,
    DatabaseState database,
    IOptions<OutboxOptions> options,
    TimeProvider clock,
    ILogger<OutboxRelay> logger) : BackgroundService
{
    private readonly string _name = $"{Environment.MachineName}-{Environment.ProcessId}";
    private readonly ConcurrentDictionary<Guid, Task> _running = new();
    private readonly CancellationTokenSource _handBack = new();
    private readonly WakeSignal _wake = notifications.Signal(OutboxQueue.WakeChannel);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        var all = Task.WhenAll(_running.Values);
        await Task.WhenAny(all, Task.Delay(options.Value.DrainTimeout, clock, cancellationToken));
        await _handBack.CancelAsync();
        await all;
    }

    public override void Dispose()
    {
        _handBack.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        dueTimes.On(DueArea.Outbox, options.Value.PollInterval, _wake.Wake);
        return database.RepeatAsync(WorkAsync, LogFailed, options.Value.PollInterval, stoppingToken);
    }

    /// <summary>One round: claim what is due, sleep if there was nothing or no room for more.</summary>
    private async Task WorkAsync(CancellationToken stoppingToken)
    {
        var free = options.Value.MaxConcurrent - _running.Count;
        var claims = free > 0
            ? await queue.ClaimAsync(_name, free, options.Value.MaxPerTarget, _running.Keys, stoppingToken)
            : [];
        Start(claims);
        if (claims.Count == 0 || claims.Count == free)
        {
            await _wake.WaitAsync(stoppingToken);
        }
    }

    private void Start(IReadOnlyList<EffectClaim> claims)
    {
        foreach (var claim in claims)
        {
            var task = Task.Run(() => delivery.RunAsync(claim, _handBack.Token));
            _running[claim.Id] = task;
            _ = task.ContinueWith(
                ended =>
                {
                    _running.TryRemove(claim.Id, out _);
                    _wake.Wake();
                    if (ended.Exception is { } exception)
                    {
                        LogDeliveryFailed(exception, claim.Id);
                    }
                },
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Claiming deliveries failed; retrying")]
    private partial void LogFailed(Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Delivery {Id} ended with an unexpected error; it is retried when its lease expires")]
    private partial void LogDeliveryFailed(Exception exception, Guid id);
}
