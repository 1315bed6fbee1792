using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Platform.Tests.Infrastructure;

/// <summary>Streamer.bot's WebSocket server as its documentation describes it: greeting, challenge, actions and their acknowledgement.</summary>
public sealed class StreamerBotServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<JsonElement> _actions = new();
    private readonly ConcurrentDictionary<HttpContext, WebSocket> _connections = new();
    private readonly string? _password;
    private int _connected;
    private int _greeted;

    private StreamerBotServer(int port, string? password)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseUrls($"http://127.0.0.1:{port}");
        _app = builder.Build();
        _app.UseWebSockets();
        _app.Run(ConnectAsync);
        _password = password;
        Url = $"ws://127.0.0.1:{port}/";
    }

    public string Url { get; }

    /// <summary>The <c>DoAction</c> requests so far, refused ones left out.</summary>
    public IReadOnlyList<JsonElement> Actions => [.. _actions];

    /// <summary>How often somebody connected and, if there is a password, knew it.</summary>
    public int Connected => Volatile.Read(ref _connected);

    /// <summary>How often somebody was greeted.</summary>
    public int Greeted => Volatile.Read(ref _greeted);

    /// <summary>False swallows actions without a word.</summary>
    public bool Acknowledges { get; set; } = true;

    /// <summary>What it greets with instead of <c>Hello</c>; null greets as it should.</summary>
    public string? Greeting { get; set; }

    /// <param name="cancellationToken">Ends the start.</param>
    /// <param name="password">Null asks for none.</param>
    public static async Task<StreamerBotServer> StartAsync(CancellationToken cancellationToken, string? password = null)
    {
        var server = new StreamerBotServer(FreePort.Next(), password);
        await server._app.StartAsync(cancellationToken);
        return server;
    }

    /// <summary>Says something to everybody who is connected and listens to the end of it.</summary>
    public async Task SayAsync(string text, CancellationToken cancellationToken)
    {
        foreach (var socket in _connections.Values)
        {
            try
            {
                await SendAsync(socket, text, cancellationToken);
            }
            catch (Exception exception) when (IsCut(exception) && !cancellationToken.IsCancellationRequested)
            {
                // It hung up in the middle.
            }
        }
    }

    /// <summary>Cuts every connection.</summary>
    public void Cut()
    {
        foreach (var context in _connections.Keys)
        {
            try
            {
                context.Abort();
            }
            catch (ObjectDisposedException)
            {
                // It has ended in this moment.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Cut();
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task ConnectAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        _connections[context] = socket;
        try
        {
            await TalkAsync(socket, context.RequestAborted);
        }
        catch (Exception exception) when (IsCut(exception))
        {
            // Cut.
        }
        finally
        {
            _connections.TryRemove(context, out _);
        }
    }

    private async Task TalkAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        var (salt, challenge) = (Random(), Random());
        var hello = new JsonObject { ["request"] = "Hello", ["session"] = "tests", ["info"] = new JsonObject { ["name"] = "Streamer.bot" } };
        if (_password is not null)
        {
            hello["authentication"] = new JsonObject { ["salt"] = salt, ["challenge"] = challenge };
        }
        else
        {
            Interlocked.Increment(ref _connected);
        }

        await SendAsync(socket, Greeting ?? hello.ToJsonString(), cancellationToken);
        Interlocked.Increment(ref _greeted);
        var isIn = _password is null;
        while (await ReceiveAsync(socket, cancellationToken) is { } request)
        {
            var ok = isIn;
            if (request.GetProperty("request").GetString() == "Authenticate")
            {
                ok = isIn = request.GetProperty("authentication").GetString() == Hash(Hash(_password + salt) + challenge);
                Interlocked.Add(ref _connected, ok ? 1 : 0);
            }
            else if (ok)
            {
                _actions.Enqueue(request.Clone());
                if (!Acknowledges)
                {
                    continue;
                }
            }

            await SendAsync(
                socket,
                new JsonObject { ["id"] = request.GetProperty("id").GetString(), ["status"] = ok ? "ok" : "error", ["error"] = ok ? null : "not authenticated" }.ToJsonString(),
                cancellationToken);
        }
    }

    private static async Task<JsonElement?> ReceiveAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        using var message = new MemoryStream();
        var buffer = new byte[4096];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer, cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            message.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
            {
                return JsonElement.Parse(message.ToArray());
            }
        }
    }

    private static Task SendAsync(WebSocket socket, string message, CancellationToken cancellationToken) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);

    private static bool IsCut(Exception exception) =>
        exception is WebSocketException or OperationCanceledException or ConnectionAbortedException or ObjectDisposedException;

    private static string Random() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private static string Hash(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
