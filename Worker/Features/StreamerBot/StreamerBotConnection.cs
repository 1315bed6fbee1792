using Microsoft.Extensions.Options;
using Platform.Core.Outbox;

namespace Platform.Worker.Features.StreamerBot;

/// <summary>
/// Holds the connection to Streamer.bot's WebSocket server as long as a setting names one, and connects again after 1, 2, 4 … 30 s.
/// </summary>
internal sealed partial class StreamerBotConnection(
    IOptions<StreamerBotOptions> options, TimeProvider clock, ILogger<StreamerBotConnection> logger) : BackgroundService
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    /// <summary>How long a delivery waits for a connection that is being made.</summary>
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(2);

    private TaskCompletionSource<StreamerBotSession> _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Runs the action for one event.</summary>
    public async Task<DeliveryResult> DoActionAsync(EffectClaim claim, CancellationToken cancellationToken)
    {
        try
        {
            var session = await Volatile.Read(ref _connected).Task.WaitAsync(ConnectPatience, clock, cancellationToken);
            return await session.DoActionAsync(claim, options.Value.Action, options.Value.AnswerTimeout, cancellationToken);
        }
        catch (TimeoutException)
        {
            return DeliveryResult.Unreachable("Streamer.bot is not connected.");
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (string.IsNullOrWhiteSpace(options.Value.WsUrl))
        {
            return;
        }

        var delay = options.Value.FirstReconnectDelay;
        string? said = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var session = await StreamerBotSession.OpenAsync(
                    new Uri(options.Value.WsUrl), options.Value.Password, options.Value.AnswerTimeout, clock, stoppingToken);
                LogConnected(session.IsAuthenticated);
                (delay, said) = (options.Value.FirstReconnectDelay, null);
                _connected.TrySetResult(session);
                await session.ReadAsync(stoppingToken);
                LogDisconnected();
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // A faulty remote server must not stop the worker.
                if (said != exception.Message)
                {
                    said = exception.Message;
                    LogNotConnected(said);
                }
            }

            if (_connected.Task.IsCompleted)
            {
                // Deliveries that already wait for a connection go on waiting for the same one.
                Volatile.Write(ref _connected, new TaskCompletionSource<StreamerBotSession>(TaskCreationOptions.RunContinuationsAsynchronously));
            }

            await Task.Delay(delay, clock, stoppingToken);
            delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Connected to Streamer.bot; authenticated: {Authenticated}")]
    private partial void LogConnected(bool authenticated);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Streamer.bot closed the connection; reconnecting")]
    private partial void LogDisconnected();

    [LoggerMessage(Level = LogLevel.Warning, Message = "Connecting to Streamer.bot failed; retrying: {Reason}")]
    private partial void LogNotConnected(string reason);
}
