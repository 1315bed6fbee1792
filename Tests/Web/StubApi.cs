using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Contracts;
using Platform.Contracts.Access;
using Platform.Contracts.Attention;
using Platform.Contracts.Conversations;
using Platform.Contracts.Replays;
using Platform.Contracts.Traces.Imports;
using Platform.Contracts.Webhooks;
using Platform.ServiceDefaults.Access;
using Platform.Tests.Web.Features.Webhooks;

namespace Platform.Tests.Web;

/// <summary>The Api as Web sees it: real HTTP on a free port, the wire types, and whatever <see cref="World"/> holds.</summary>
internal sealed class StubApi : IAsyncDisposable
{
    /// <summary>What <see cref="Publish"/> calls the stream of the platform's events.</summary>
    public const string EventStream = "events";

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, Channel<string>> _streams = new();

    private StubApi(StubWorld world, string? token, int port)
    {
        World = world;
        Token = token;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.WebHost.ConfigureKestrel(options => options.Limits.MaxRequestBodySize = null);
        builder.Services.ConfigureHttpJsonOptions(options => WireJson.Apply(options.SerializerOptions));
        _app = builder.Build();
        _app.Use(ReceiveAsync);
        Map();
    }

    /// <summary>What the Api knows.</summary>
    public StubWorld World { get; }

    /// <summary>The only key that is accepted, beside the sessions opened with it; null accepts everyone.</summary>
    public string? Token { get; set; }

    /// <summary>The open sessions: their ids, and the keys that they were opened with.</summary>
    public ConcurrentDictionary<string, string?> Sessions { get; } = [];

    /// <summary>The type of the 503 that it answers everything with; null to answer.</summary>
    public string? Problem { get; set; }

    /// <summary>What it answers everything with; null to answer.</summary>
    public IResult? Refusal { get; set; }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    /// <summary>Every request, as it arrived.</summary>
    public ConcurrentQueue<StubRequest> Requests { get; } = [];

    /// <summary>Ends <c>/api/v1/cut</c> in the middle of its answer.</summary>
    public TaskCompletionSource Cut { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static async Task<StubApi> StartAsync(StubWorld? world = null, string? token = null, int port = 0)
    {
        var api = new StubApi(world ?? new StubWorld(), token, port);
        await api._app.StartAsync();
        var addresses = api._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
        api.Address = new Uri(addresses?.Addresses.First() ?? throw new InvalidOperationException("The stub has no address."));
        return api;
    }

    /// <summary>Sends one event to everyone who follows <paramref name="conversation"/>.</summary>
    public void Publish<T>(string conversation, string name, T data) =>
        StreamOf(conversation).Writer.TryWrite($"event: {name}\ndata: {JsonSerializer.Serialize(data, WireJson.Options)}\n\n");

    public async ValueTask DisposeAsync()
    {
        foreach (var stream in _streams.Values)
        {
            stream.Writer.TryComplete();
        }

        await _app.DisposeAsync();
    }

    private void Map()
    {
        _app.MapGet("/ready", () => "ok");
        _app.MapPost("/api/v1/sessions", OpenSession);
        _app.MapDelete("/api/v1/sessions", (HttpRequest request) => Sessions.TryRemove(PresentedKey.Of(request) ?? "", out _) ? Results.NoContent() : Missing());
        _app.MapGet("/api/v1/overview", () => World.Overview);
        _app.MapGet("/api/v1/attention", () => World.Attention is { } items ? Results.Ok(new AttentionList(items)) : Results.Problem("The database is away.", statusCode: 503));
        _app.MapGet("/api/v1/bots", () => World.Bots);
        _app.MapGet("/api/v1/traces", (string? bot, string? outcome, string? cursor, int? limit, string? from) => (int.TryParse(cursor ?? "0", out _), from) switch
        {
            (false, _) => Results.Problem($"'{cursor}' is not a cursor of this list.", statusCode: 400),
            (_, "nonsense") => Results.Problem("from must be a time, for example 2026-03-01.", statusCode: 400),
            _ => Results.Ok(World.FindTraces(bot, outcome, cursor, limit ?? 50)),
        });
        _app.MapGet("/api/v1/traces/facets", () => World.Facets);
        _app.MapGet("/api/v1/statistics", (string? range) => World.Statistics with { Range = string.IsNullOrEmpty(range) ? "24h" : range });
        _app.MapGet("/api/v1/statistics/silence", () => World.Silence);
        _app.MapGet("/api/v1/events", (HttpContext context) => StreamAsync(context, EventStream));
        _app.MapGet("/api/v1/traces/imports", () => new ImportRunList(World.Imports));
        _app.MapPost("/api/v1/traces/import", ImportAsync);
        _app.MapGet("/api/v1/traces/diff", () => World.Diff is { } diff ? Results.Ok(diff) : Results.Problem("There is no such trace 'a'.", statusCode: 404));
        _app.MapGet("/api/v1/traces/{id}", (string id) => World.Traces.Find(trace => trace.Summary.Id == id) is { } trace ? Results.Ok(trace) : Missing());
        _app.MapGet("/api/v1/traces/{id}/document", (string id) => World.Traces.Find(trace => trace.Summary.Id == id) is { } trace ? Results.Text(trace.Document.GetRawText(), "application/json") : Missing());
        _app.MapGet("/api/v1/traces/{id}/calls/{callId}/replays", () => World.Replays is { } replays ? Results.Ok(replays) : Missing());
        _app.MapPost("/api/v1/traces/{id}/calls/{callId}/replays", (ReplayRequest request) =>
        {
            World.AskedReplays.Add(request);
            return Results.Accepted(value: new ReplayResponse("r1", ReplayMode.Live, ReplayState.Waiting, request.Model ?? "m", [], StubWorld.Now, null, null));
        });
        _app.MapGet("/api/v1/bodies/{name}", (string name) => World.Bodies.TryGetValue(name, out var body) ? Results.Text(body, "application/json") : Missing());
        _app.MapGet("/api/v1/schedules", () => World.Schedules);
        _app.MapPost("/api/v1/schedules/{name}/run", (string name) => World.Schedules.Schedules.Any(one => one.Name == name) ? Results.Accepted() : Missing());
        _app.MapGet("/api/v1/jobs", () => World.Jobs);
        _app.MapGet("/api/v1/retention", () => World.Retention);
        _app.MapGet("/api/v1/backups", () => World.Backups);
        _app.MapGet("/api/v1/queue", () => World.Queue);
        _app.MapGet("/api/v1/activations/{id}", (string id) => World.Activations.Find(one => one.Id == id) is { } found ? Results.Ok(found) : Missing());
        _app.MapPost("/api/v1/activations/{id}/{action}", (string id, string action) => World.Queue.Items.Any(item => item.Id == id)
            ? Results.Accepted()
            : Results.Problem($"It has ended already: nothing to {action}.", statusCode: 409));
        _app.MapGet("/api/v1/outbox", () => World.Outbox);
        _app.MapGet("/api/v1/dead-letters", () => World.DeadLetters);
        _app.MapPost("/api/v1/dead-letters/{id}/requeue", (string id) => World.DeadLetters.DeadLetters.Any(letter => letter.Id == id) ? Results.Accepted() : Missing());
        _app.MapDelete("/api/v1/dead-letters/{id}", (string id) => World.DeadLetters.DeadLetters.Any(letter => letter.Id == id) ? Results.NoContent() : Missing());
        MapWebhooks();
        _app.MapGet("/api/v1/conversations", () => new ConversationList(World.Conversations, World.Conversations.Count, false));
        _app.MapGet("/api/v1/conversations/{id}", (string id) => World.Conversations.Find(item => item.Id == id) is { } found ? Results.Ok(found) : Missing());
        _app.MapGet("/api/v1/conversations/{id}/messages", (string id, long after_sequence, int limit) => World.MessagesAfter(id, after_sequence, limit));
        _app.MapPost("/api/v1/conversations", (CreateConversationRequest request) => World.Create(request) is { } created
            ? Results.Created($"/api/v1/conversations/{created.Id}", created)
            : Results.Problem($"There is no bot '{request.Bot}'.", statusCode: 422));
        _app.MapPost("/api/v1/conversations/{id}/messages", (string id, PostMessageRequest request) => string.IsNullOrWhiteSpace(request.Content)
            ? Results.Problem("content: write something.", statusCode: 422)
            : Results.Accepted(value: World.Post(id, request.Content)));
        _app.MapGet("/api/v1/conversations/{id}/stream", StreamAsync);
        _app.Map("/api/v1/echo", async (HttpRequest request) => Results.Text($"{await CountAsync(request.Body)}"));
        _app.MapGet("/api/v1/cut", async (HttpContext context) =>
        {
            await context.Response.WriteAsync("the first half");
            await context.Response.Body.FlushAsync();
            await Cut.Task;
            context.Abort();
        });
    }

    private void MapWebhooks()
    {
        _app.MapGet("/api/v1/webhooks", () => new WebhookList(World.Webhooks));
        _app.MapPost("/api/v1/webhooks", (CreateWebhookRequest request) => request.EventTypes is { Count: > 0 }
            ? Results.Created("/api/v1/webhooks/new", SampleWebhooks.Of("new", description: request.Description) with { Secret = SampleWebhooks.Secret })
            : Results.Problem("event_types: choose at least one.", statusCode: 422));
        _app.MapPost("/api/v1/webhooks/{id}/retry", (string id) => World.Webhooks.Exists(one => one.Id == id) ? Results.Accepted() : Missing());
        _app.MapPost("/api/v1/webhooks/{id}/test", (string id) => World.Webhooks.Exists(one => one.Id == id) ? Results.Accepted() : Missing());
        _app.MapPatch("/api/v1/webhooks/{id}", (string id, ChangeWebhookRequest change) => World.Webhooks.Find(one => one.Id == id) is { } found
            ? Results.Ok(found with { Secret = change.RotateSecret is true ? SampleWebhooks.Secret : null })
            : Missing());
        _app.MapDelete("/api/v1/webhooks/{id}", (string id) => World.Webhooks.RemoveAll(one => one.Id == id) > 0 ? Results.NoContent() : Missing());
    }

    private async Task<IResult> ImportAsync(HttpRequest request) => World.ImportProblem is { } problem ? problem
        : (await request.ReadFormAsync()).Files.GetFile("file") is { } file
        ? Results.Accepted(value: new ImportRunResponse($"run-of-{file.FileName}", file.FileName, "running", 0, 0, 0, 0, 0, 0, [], StubWorld.Now, null, "upload", 1, null, null))
        : Results.Problem("Send a zip.", statusCode: 400, type: "/problems/not-a-zip");

    private bool IsKnown(string? presented) => presented is not null && (presented == Token || (Sessions.TryGetValue(presented, out var key) && key == Token));

    private IResult OpenSession()
    {
        var id = $"session_{Guid.NewGuid():N}";
        Sessions[id] = Token;
        return Results.Created("/api/v1/sessions", new SessionResponse(id, StubWorld.Now.AddDays(14)));
    }

    private async Task ReceiveAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        Requests.Enqueue(new StubRequest(request.Method, request.Path + request.QueryString, request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
        if (Refusal is { } refusal && request.Path.StartsWithSegments("/api"))
        {
            await refusal.ExecuteAsync(context);
            return;
        }

        if (Token is not null && request.Path.StartsWithSegments("/api") && !IsKnown(PresentedKey.Of(request)))
        {
            await Results.Problem("Send a credential.", statusCode: 401).ExecuteAsync(context);
            return;
        }

        if (Problem is { } problem && request.Path.StartsWithSegments("/api"))
        {
            context.Response.Headers.RetryAfter = "5";
            await Results.Problem("Later.", statusCode: 503, title: "Not now", type: problem).ExecuteAsync(context);
            return;
        }

        await next(context);
    }

    private async Task StreamAsync(HttpContext context, string id)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        await context.Response.WriteAsync($"event: {StreamEvents.Connected}\ndata: {{}}\n\n");
        await context.Response.Body.FlushAsync();
        await foreach (var text in StreamOf(id).Reader.ReadAllAsync(context.RequestAborted))
        {
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }

    private Channel<string> StreamOf(string conversation) => _streams.GetOrAdd(conversation, _ => Channel.CreateUnbounded<string>());

    private static async Task<long> CountAsync(Stream body)
    {
        var (buffer, total) = (new byte[81_920], 0L);
        for (int read; (read = await body.ReadAsync(buffer)) > 0; total += read)
        {
        }

        return total;
    }

    private static IResult Missing() => Results.Problem("There is nothing here.", statusCode: 404);
}
