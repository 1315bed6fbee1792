using System.Threading.Channels;
using Npgsql;
using Platform.Core.Activations;
using Platform.Core.Storage;

namespace Platform.Worker.Features.Activations;

/// <summary>
/// Listens for notifications: new activations wake the runner, cancels bring the heartbeat forward. Without it the runner polls
/// and the next heartbeat tells.
/// </summary>
internal sealed partial class ActivationWake(
    NpgsqlDataSource source,
    LeaseKeeper leases,
    DatabaseState database,
    TimeProvider clock,
    ILogger<ActivationWake> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Channel<bool> signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Wakes the runner, from this process.</summary>
    public void Wake() => signal.Writer.TryWrite(true);

    /// <summary>Waits for a notification, at most as long as <paramref name="longest"/>.</summary>
    public async Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(longest);
        try
        {
            await signal.Reader.ReadAsync(timeout.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Nothing came: time to look without being told.
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await database.WhenReadyAsync(stoppingToken);
                await ListenAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException or InvalidOperationException)
            {
                LogInterrupted(exception.Message);
                await Task.Delay(Pause, clock, stoppingToken);
            }
        }
    }

    private async Task ListenAsync(CancellationToken stoppingToken)
    {
        await using var connection = await source.OpenConnectionAsync(stoppingToken);
        connection.Notification += (_, notification) => Hear(notification);
        await using (var listen = new NpgsqlCommand($"listen {ActivationQueue.WakeChannel}; listen {ActivationQueue.CancelChannel}", connection))
        {
            await listen.ExecuteNonQueryAsync(stoppingToken);
        }

        Wake();
        while (!stoppingToken.IsCancellationRequested)
        {
            await connection.WaitAsync(stoppingToken);
        }
    }

    private void Hear(NpgsqlNotificationEventArgs notification)
    {
        if (notification.Channel == ActivationQueue.WakeChannel)
        {
            Wake();
        }
        else if (Guid.TryParse(notification.Payload, out var id))
        {
            leases.LookAfter(id);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Listening for activations was interrupted, polling meanwhile: {Reason}")]
    private partial void LogInterrupted(string reason);
}
