using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Platform.Tests.Infrastructure;

/// <summary>
/// A model provider at the network's edge: a real HTTP server that speaks OpenAI's wire protocol and answers as the test
/// scripts it. Without a script it answers <c>Hello from the model server.</c>
/// </summary>
public sealed class ModelServer : IAsyncDisposable
{
    private static readonly string[] KeyHeaders = ["authorization", "api-key", "x-api-key", "cookie"];

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ModelReply> _script = new();
    private readonly ConcurrentQueue<ModelRequest> _requests = new();

    private ModelServer(int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseUrls($"http://127.0.0.1:{port}");
        _app = builder.Build();
        _app.Run(HandleAsync);
        BaseAddress = new Uri($"http://127.0.0.1:{port}/v1");
    }

    /// <summary>What a client takes as its <c>api_base</c>; ends in <c>/v1</c>.</summary>
    public Uri BaseAddress { get; }

    /// <summary>The key that clients must send.</summary>
    public string ApiKey { get; } = "sk-tests-" + Convert.ToHexString(RandomNumberGenerator.GetBytes(12));

    /// <summary>What <c>/v1/models</c> lists; any model is answered.</summary>
    public IReadOnlyList<string> Models { get; set; } = ["test-model"];

    /// <summary>Answers requests for which no reply is queued.</summary>
    public Func<ModelRequest, ModelReply> Default { get; set; } = _ => ModelReply.Answer("Hello", " from", " the", " model", " server.");

    /// <summary>The completion requests so far, oldest first; those with a wrong key are not among them.</summary>
    public IReadOnlyList<ModelRequest> Requests => [.. _requests];

    public static async Task<ModelServer> StartAsync(CancellationToken cancellationToken)
    {
        var server = new ModelServer(FreePort.Next());
        await server._app.StartAsync(cancellationToken);
        return server;
    }

    /// <summary>Queues replies for the next requests, one each.</summary>
    public void Enqueue(params IEnumerable<ModelReply> replies)
    {
        foreach (var reply in replies)
        {
            _script.Enqueue(reply);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Answers that hang would hold an orderly stop for its full time.
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private Task HandleAsync(HttpContext context) => (context.Request.Method, context.Request.Path.Value) switch
    {
        _ when !HasRightKey(context.Request) => WriteErrorAsync(context, ModelReply.Unauthorized()),
        ("GET", "/v1/models") => context.Response.WriteAsJsonAsync(ModelWire.Models(Models), context.RequestAborted),
        ("POST", "/v1/chat/completions") => CompleteAsync(context, isChat: true),
        ("POST", "/v1/completions") => CompleteAsync(context, isChat: false),
        var (method, path) => WriteErrorAsync(
            context, ModelReply.Error(404, $"Invalid URL ({method} {path})", "invalid_request_error")),
    };

    private bool HasRightKey(HttpRequest request) => request.Headers.Authorization == $"Bearer {ApiKey}";

    private async Task CompleteAsync(HttpContext context, bool isChat)
    {
        var request = await ReadAsync(context.Request);
        _requests.Enqueue(request);
        var reply = _script.TryDequeue(out var scripted) ? scripted : Default(request);
        var wire = new ModelWire(request, isChat);
        try
        {
            await (reply.Status >= 400 ? WriteErrorAsync(context, reply)
                : request.Streams ? StreamAsync(context, reply, request, wire)
                : AnswerAsync(context, reply, wire));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            request.NoteClientLeft();
        }
    }

    private static async Task<ModelRequest> ReadAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        var body = await reader.ReadToEndAsync(request.HttpContext.RequestAborted);
        var headers = request.Headers.Select(header => (Name: header.Key.ToLowerInvariant(), Value: header.Value.ToString())).ToList();
        return new ModelRequest(
            request.Path.Value ?? "",
            headers.Where(header => !KeyHeaders.Contains(header.Name)).ToDictionary(header => header.Name, header => header.Value),
            headers.Any(header => KeyHeaders.Contains(header.Name)),
            body);
    }

    private static async Task AnswerAsync(HttpContext context, ModelReply reply, ModelWire wire)
    {
        await Task.Delay(reply.FirstTokenDelay + (reply.ChunkDelay * Math.Max(0, reply.Chunks.Count - 1)), context.RequestAborted);
        await (reply.Gate?.PassAsync(context.RequestAborted) ?? Task.CompletedTask);
        var body = wire.Whole(reply).ToJsonString();
        switch (reply.Ending)
        {
            case ModelEnding.Complete:
                context.Response.ContentType = "application/json";
                await context.Response.WriteAsync(body, context.RequestAborted);
                break;
            case ModelEnding.Malformed:
                context.Response.ContentType = "application/json";
                await context.Response.WriteAsync(body[..(body.Length / 2)], context.RequestAborted);
                break;
            default:
                await EndBadlyAsync(context, reply.Ending);
                break;
        }
    }

    private static async Task StreamAsync(HttpContext context, ModelReply reply, ModelRequest request, ModelWire wire)
    {
        var aborted = context.RequestAborted;
        context.Response.ContentType = "text/event-stream";
        await context.Response.Body.FlushAsync(aborted);
        await Task.Delay(reply.FirstTokenDelay, aborted);
        if (wire.Opening() is { } opening && (reply.Chunks.Count > 0 || reply.Ending == ModelEnding.Complete))
        {
            await WriteEventAsync(context, opening);
        }

        for (var index = 0; index < reply.Chunks.Count; index++)
        {
            await (index == reply.GateAt && reply.Gate is not null ? reply.Gate.PassAsync(aborted) : Task.CompletedTask);
            await (index > 0 && index <= reply.Steps.Count ? reply.Steps[index - 1].PassAsync(aborted) : Task.CompletedTask);
            await Task.Delay(index == 0 ? TimeSpan.Zero : reply.ChunkDelay, aborted);
            await WriteEventAsync(context, wire.Token(reply.Chunks[index]));
        }

        await (reply.GateAt >= reply.Chunks.Count && reply.Gate is not null ? reply.Gate.PassAsync(aborted) : Task.CompletedTask);
        if (reply.Ending != ModelEnding.Complete)
        {
            await EndBadlyAsync(context, reply.Ending);
            return;
        }

        await WriteEventAsync(context, wire.Finish(reply.FinishReason));
        if (request.WantsUsage)
        {
            await WriteEventAsync(context, wire.Closing(reply.Usage));
        }

        await WriteLineAsync(context, "data: [DONE]");
    }

    private static async Task EndBadlyAsync(HttpContext context, ModelEnding ending)
    {
        switch (ending)
        {
            case ModelEnding.Hang:
                await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
                break;
            case ModelEnding.Cut:
                // Abort would reset the connection, and a reset throws away what the client has not read yet. An error after the
                // response's start closes it without the end of the chunked body.
                throw new IOException("The script cuts the connection here.");
            default:
                await WriteLineAsync(context, "data: {\"id\":\"chatcmpl-");
                break;
        }
    }

    private static Task WriteErrorAsync(HttpContext context, ModelReply reply)
    {
        context.Response.StatusCode = reply.Status;
        if (reply.RetryAfter is { } retryAfter)
        {
            context.Response.Headers.RetryAfter = $"{Math.Ceiling(retryAfter.TotalSeconds):0}";
        }

        return context.Response.WriteAsJsonAsync(ModelWire.Error(reply), context.RequestAborted);
    }

    private static Task WriteEventAsync(HttpContext context, JsonObject data) => WriteLineAsync(context, $"data: {data.ToJsonString()}");

    private static async Task WriteLineAsync(HttpContext context, string line)
    {
        await context.Response.WriteAsync($"{line}\n\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
