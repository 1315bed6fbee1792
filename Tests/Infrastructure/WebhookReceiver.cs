using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Platform.Tests.Infrastructure;

/// <summary>
/// Somebody outside who takes webhooks: a real HTTP server that writes down each delivery before it answers, checks the
/// signature on its own, and answers as the test wants it to. Any path is taken, so one receiver can be many targets.
/// </summary>
public sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<WebhookDelivery> _deliveries = new();
    private readonly ConcurrentQueue<WebhookReply> _script = new();
    private int _under;
    private int _mostAtOnce;

    private WebhookReceiver(int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseUrls($"http://127.0.0.1:{port}");
        _app = builder.Build();
        _app.Run(TakeAsync);
        BaseAddress = new Uri($"http://127.0.0.1:{port}/");
    }

    public Uri BaseAddress { get; }

    /// <summary>The secrets that it knows; a signature by one of them is good.</summary>
    public ConcurrentDictionary<string, byte> Secrets { get; } = new();

    /// <summary>Answers deliveries for which no reply is queued.</summary>
    public Func<WebhookDelivery, WebhookReply> Default { get; set; } = _ => WebhookReply.Ok;

    /// <summary>All deliveries so far in the order of their arrival, those that it refused included.</summary>
    public IReadOnlyList<WebhookDelivery> Deliveries => [.. _deliveries];

    /// <summary>How many deliveries were under way at once at most.</summary>
    public int MostAtOnce => _mostAtOnce;

    public static Task<WebhookReceiver> StartAsync(CancellationToken cancellationToken) => StartAsync(FreePort.Next(), cancellationToken);

    /// <summary>Starts one at the port of another that ended.</summary>
    public static async Task<WebhookReceiver> StartAsync(int port, CancellationToken cancellationToken)
    {
        var receiver = new WebhookReceiver(port);
        await receiver._app.StartAsync(cancellationToken);
        return receiver;
    }

    /// <summary>Queues replies for the next deliveries, one each.</summary>
    public void Enqueue(params IEnumerable<WebhookReply> replies)
    {
        foreach (var reply in replies)
        {
            _script.Enqueue(reply);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Deliveries that hang would hold an orderly stop for its full time.
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        var atOnce = Interlocked.Increment(ref _under);
        InterlockedMax(ref _mostAtOnce, atOnce);
        try
        {
            var delivery = await ReadAsync(context.Request);
            var reply = _script.TryDequeue(out var scripted) ? scripted : Default(delivery);
            _deliveries.Enqueue(delivery with { Status = reply.Status });
            await AnswerAsync(context, reply);
        }
        finally
        {
            Interlocked.Decrement(ref _under);
        }
    }

    private static async Task AnswerAsync(HttpContext context, WebhookReply reply)
    {
        if (reply.Gate is { } gate)
        {
            await gate.WaitAsync(context.RequestAborted);
        }

        if (reply.Drops)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = reply.Status;
        if (reply.RetryAfter is { } wait)
        {
            context.Response.Headers.RetryAfter = wait.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        }

        if (reply.Location is { } location)
        {
            context.Response.Headers.Location = location;
        }

        await context.Response.WriteAsync(reply.Body, context.RequestAborted);
    }

    private async Task<WebhookDelivery> ReadAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        var headers = request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        return new WebhookDelivery(
            request.Path.Value ?? "/",
            headers.GetValueOrDefault("webhook-id", ""),
            Encoding.UTF8.GetString(body.ToArray()),
            headers,
            IsSigned(headers, body.ToArray()),
            TimeProvider.System.GetUtcNow(),
            Status: 0);
    }

    /// <summary>Verifies by the published specification, with none of the platform's code.</summary>
    private bool IsSigned(Dictionary<string, string> headers, byte[] body)
    {
        if (!headers.TryGetValue("webhook-id", out var id)
            || !headers.TryGetValue("webhook-timestamp", out var timestamp)
            || !headers.TryGetValue("webhook-signature", out var signatures))
        {
            return false;
        }

        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        return Secrets.Keys
            .Select(secret => "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), signed)))
            .Any(signatures.Split(' ').Contains);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }
}
