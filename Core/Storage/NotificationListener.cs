using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Platform.Core.Storage;

/// <summary>
/// Passes Postgres' notifications to subscribers, over one connection for the whole process. While that is down there are no
/// notifications; when it is back, every subscriber is notified once.
/// </summary>
public sealed partial class NotificationListener(
    NpgsqlDataSource source,
    DatabaseState database,
    TimeProvider clock,
    ILogger<NotificationListener> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Action<string>> _listeners = new(StringComparer.Ordinal);
    private volatile bool _listening;

    /// <summary>Raised when the connection is lost. Handlers must not block.</summary>
    public event Action? Lost;

    /// <summary>Whether notifications arrive.</summary>
    public bool IsListening => _listening;

    /// <summary>Subscribes to the notifications of a channel; call it before the host starts.</summary>
    /// <param name="channel">A plain identifier of Postgres.</param>
    /// <param name="notified">Given the payload. Must not block. Called with an empty one after the connection was lost.</param>
    public void On(string channel, Action<string> notified) =>
        _listeners.AddOrUpdate(channel, notified, (_, others) => others + notified);

    /// <inheritdoc cref="On(string, Action{string})"/>
    /// <param name="channel">A plain identifier of Postgres.</param>
    /// <param name="notified">Must not block. Called without a notification too, after the connection was lost.</param>
    public void On(string channel, Action notified) => On(channel, _ => notified());

    /// <summary>Makes a signal that the notifications of a channel wake; do it before the host starts.</summary>
    public WakeSignal Signal(string channel)
    {
        var signal = new WakeSignal();
        On(channel, signal.Wake);
        return signal;
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await database.WhenReadyAsync(stoppingToken);
                await ListenAsync(stoppingToken);
            }
            catch (Exception exception) when (DatabaseFailure.IsThrownByNpgsql(exception) || exception is InvalidOperationException)
            {
                LogInterrupted(exception.Message);
                await Task.Delay(Pause, clock, stoppingToken);
            }
        }
    }

    private async Task ListenAsync(CancellationToken stoppingToken)
    {
        await using var session = await SessionConnection.OpenAsync(source, stoppingToken);
        var connection = session.Connection;
        connection.Notification += (_, notification) =>
        {
            if (_listeners.TryGetValue(notification.Channel, out var notified))
            {
                notified(notification.Payload);
            }
        };
        await connection.Sql(string.Concat(_listeners.Keys.Select(channel => $"listen {channel};"))).ExecuteAsync(stoppingToken);

        _listening = true;
        try
        {
            foreach (var notified in _listeners.Values)
            {
                notified("");
            }

            while (!stoppingToken.IsCancellationRequested)
            {
                await connection.WaitAsync(stoppingToken);
            }
        }
        finally
        {
            _listening = false;
            if (!stoppingToken.IsCancellationRequested)
            {
                Lost?.Invoke();
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Listening for notifications was interrupted; polling instead: {Reason}")]
    private partial void LogInterrupted(string reason);
}
