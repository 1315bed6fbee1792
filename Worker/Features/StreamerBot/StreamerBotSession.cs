using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Core.Outbox;
using Platform.Core.Webhooks;

namespace Platform.Worker.Features.StreamerBot;

/// <summary>
/// One connection to Streamer.bot's WebSocket server (https://docs.streamer.bot/api/websocket): it sends <c>Hello</c>, expects
/// <c>Authenticate</c> when it requires a password, and acknowledges each <c>DoAction</c> under the request's id.
/// </summary>
internal sealed class StreamerBotSession : IAsyncDisposable
{
    private const int MaxMessageBytes = 1024 * 1024;

    /// <summary>Keep-alive interval, and timeout for its answer: a machine that was switched off closes no connection.</summary>
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonElement>> _waiting = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly ClientWebSocket _socket = new();
    private readonly HttpMessageInvoker _invoker = new(new SocketsHttpHandler
    {
        UseProxy = false,
        ConnectCallback = (context, token) => OutgoingAddress.ConnectAsync(context.DnsEndPoint, token),
    });

    private readonly TimeProvider _clock;

    private StreamerBotSession(TimeProvider clock)
    {
        this._clock = clock;
        _socket.Options.KeepAliveInterval = PingInterval;
        _socket.Options.KeepAliveTimeout = PingInterval;
    }

    /// <summary>Whether a password was required and accepted.</summary>
    public bool IsAuthenticated { get; private set; }

    /// <summary>Connects and authenticates if <c>Hello</c> requires it.</summary>
    /// <exception cref="WebSocketException">Nobody answers there.</exception>
    /// <exception cref="StreamerBotException">It sends no <c>Hello</c> or refuses the password.</exception>
    public static async Task<StreamerBotSession> OpenAsync(
        Uri url, string? password, TimeSpan patience, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(patience, clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        var session = new StreamerBotSession(clock);
        try
        {
            await session._socket.ConnectAsync(url, session._invoker, ending.Token);
            await session.GreetAsync(password, ending.Token);
            return session;
        }
        catch (Exception exception)
        {
            await session.DisposeAsync();
            if (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                throw new StreamerBotException($"No Hello within {patience.TotalSeconds} s.");
            }

            throw;
        }
    }

    /// <summary>Reads answers until the connection ends. Messages that answer no request are ignored.</summary>
    /// <exception cref="WebSocketException">The connection broke.</exception>
    /// <exception cref="StreamerBotException">What came is no message, or nothing came when it should have.</exception>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await ReceiveAsync(cancellationToken) is { } message)
            {
                if (TextOf(message, "id") is { } id && _waiting.TryRemove(id, out var answer))
                {
                    answer.TrySetResult(message);
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new StreamerBotException("No message within the timeout.");
        }
    }

    /// <summary>Runs an action and waits until it is acknowledged.</summary>
    public async Task<DeliveryResult> DoActionAsync(EffectClaim claim, string action, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(patience, _clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var id = Guid.NewGuid().ToString();
        var answer = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[id] = answer;
        try
        {
            await SendAsync(
                new JsonObject
                {
                    ["request"] = "DoAction",
                    ["id"] = id,
                    ["action"] = StreamerBotAction.Named(action),
                    ["args"] = StreamerBotAction.ArgumentsOf(claim),
                },
                ending.Token);
            return ResultOf(await answer.Task.WaitAsync(ending.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // It may hang or be cut off, so the next action uses a new connection.
            _socket.Abort();
            return DeliveryResult.Failed($"Streamer.bot did not acknowledge the action within {patience.TotalSeconds} s.");
        }
        catch (Exception exception) when (exception is WebSocketException or ObjectDisposedException or IOException)
        {
            return DeliveryResult.Failed("The connection to Streamer.bot broke before it acknowledged the action.");
        }
        finally
        {
            _waiting.TryRemove(id, out _);
        }
    }

    public ValueTask DisposeAsync()
    {
        foreach (var answer in _waiting.Values)
        {
            answer.TrySetException(new IOException("The connection ended."));
        }

        _socket.Dispose();
        _invoker.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task GreetAsync(string? password, CancellationToken cancellationToken)
    {
        var hello = await ReceiveAsync(cancellationToken) ?? throw new StreamerBotException("It closed the connection before sending Hello.");
        if (!hello.TryGetProperty("authentication", out var asked) || asked.ValueKind != JsonValueKind.Object || string.IsNullOrEmpty(password))
        {
            // Without a password it may still accept actions, if it does not enforce authentication; else each action returns the error.
            return;
        }

        var request = new JsonObject
        {
            ["request"] = "Authenticate",
            ["id"] = "authenticate",
            ["authentication"] = Answer(password, TextOf(asked, "salt"), TextOf(asked, "challenge")),
        };
        await SendAsync(request, cancellationToken);
        var answer = await ReceiveAsync(cancellationToken);
        IsAuthenticated = answer is { } given && TextOf(given, "status") == "ok";
        if (!IsAuthenticated)
        {
            throw new StreamerBotException("It refused the password: set STREAMERBOT_PASSWORD to the one of its WebSocket server.");
        }
    }

    // As documented: base64(sha256(base64(sha256(password + salt)) + challenge)).
    private static string Answer(string password, string? salt, string? challenge) => Hash(Hash(password + salt) + challenge);

    private static string Hash(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static DeliveryResult ResultOf(JsonElement answer) =>
        TextOf(answer, "status") == "ok"
            ? DeliveryResult.Delivered
            : DeliveryResult.Failed(TextOf(answer, "error") is { Length: > 0 } text
                ? $"Streamer.bot refused the action: {text}"
                : "Streamer.bot refused the action: is there one of that name (STREAMERBOT_ACTION), and the right password?");

    private async Task SendAsync(JsonObject message, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken);
        try
        {
            await _socket.SendAsync(Encoding.UTF8.GetBytes(message.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <returns>Null when it closed the connection.</returns>
    private async Task<JsonElement?> ReceiveAsync(CancellationToken cancellationToken)
    {
        using var message = new MemoryStream();
        var buffer = new byte[8192];
        while (message.Length < MaxMessageBytes)
        {
            var part = await _socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            message.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
            {
                return Parse(message.ToArray());
            }
        }

        throw new StreamerBotException("It sent a message of more than 1 MiB.");
    }

    private static JsonElement Parse(byte[] message)
    {
        try
        {
            return JsonElement.Parse(message) is { ValueKind: JsonValueKind.Object } parsed
                ? parsed
                : throw new StreamerBotException("It sent a message that is not a JSON object.");
        }
        catch (JsonException)
        {
            throw new StreamerBotException("It sent a message that is not JSON.");
        }
    }

    /// <returns>Null when the property is missing or no text.</returns>
    private static string? TextOf(JsonElement message, string name)
    {
        try
        {
            return message.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, which no text holds.
            return null;
        }
    }
}
