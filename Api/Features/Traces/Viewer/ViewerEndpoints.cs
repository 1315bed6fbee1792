using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Auth;
using Platform.Api.Errors;
using Platform.Contracts.Access;
using Platform.Contracts.Traces;
using Platform.Contracts.Traces.Viewer;
using Platform.Core.Traces;
using Platform.Core.Traces.Viewer;

namespace Platform.Api.Features.Traces.Viewer;

/// <summary>
/// The routes of ChapterX's trace viewer, for the programs and bookmarks that know them: <c>/api/bots</c>, <c>/api/channels</c>,
/// <c>/api/search</c>, <c>/api/traces</c>, <c>/api/trace/{id}</c> and the raw bodies by their names. As lenient with parameters as the original.
/// </summary>
internal static class ViewerEndpoints
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 200;

    public static void MapViewer(this IEndpointRouteBuilder routes)
    {
        var viewer = routes.MapGroup("/api").WithTags("Trace viewer").RequireScope(Scopes.TracesRead).WithMetadata(new PlainErrors());
        viewer.MapGet("/bots", BotsAsync).WithName("ViewerBots").WithSummary("List bots that have traces");
        viewer.MapGet("/channels", ChannelsAsync).WithName("ViewerChannels").WithSummary("List channels by number of traces");
        viewer.MapGet("/search", SearchAsync).WithName("ViewerSearch").WithSummary("Find traces by the id or link of a message");
        viewer.MapGet("/traces", ListAsync).WithName("ViewerTraces").WithSummary("List traces, newest first");
        viewer.MapGet("/trace/{id}", FindAsync).WithName("ViewerTrace").WithSummary("Get a trace's original document");
        MapBody(viewer, "request", BodyKind.Request, "Request body not found");
        MapBody(viewer, "response", BodyKind.Response, "Response body not found");
        MapBody(viewer, "membrane-request", BodyKind.MembraneRequest, "Membrane request not found");
        MapBody(viewer, "membrane-response", BodyKind.MembraneResponse, "Membrane response not found");
    }

    private static async Task<IResult> BotsAsync(ClaimsPrincipal principal, TraceFacets facets, CancellationToken cancellationToken) =>
        Answer(new ViewerBots(await facets.BotsAsync(principal.TenantId, cancellationToken)));

    private static async Task<IResult> ChannelsAsync(ClaimsPrincipal principal, ViewerTraces traces, CancellationToken cancellationToken)
    {
        var channels = await traces.ChannelsAsync(principal.TenantId, cancellationToken);
        return Answer(new ViewerChannels([.. channels.Select(channel => new ViewerChannelEntry(channel.Id, channel.Name, channel.Count))]));
    }

    private static async Task<IResult> SearchAsync(
        ClaimsPrincipal principal, ViewerTraces traces, CancellationToken cancellationToken, string? q = null, string? bot = null)
    {
        var messageId = MessageIdText.Normalise(q ?? string.Empty);
        var hits = messageId.Length == 0 ? [] : await traces.SearchAsync(principal.TenantId, messageId, NullIfEmpty(bot), cancellationToken);
        return Answer(new ViewerSearch(MessageIdText.Asked(q ?? string.Empty), [.. hits.Select(hit => hit.ToResult())]));
    }

    private static async Task<IResult> ListAsync(
        ClaimsPrincipal principal,
        ViewerTraces traces,
        CancellationToken cancellationToken,
        string? limit = null,
        string? offset = null,
        string? channel = null,
        string? failed = null,
        string? bot = null)
    {
        var most = Math.Clamp(Number(limit) ?? DefaultLimit, 1, MaxLimit);
        var skipped = Math.Max(Number(offset) ?? 0, 0);
        var page = await traces.ListAsync(
            principal.TenantId, NullIfEmpty(bot), NullIfEmpty(channel), failed == "true", most, skipped, cancellationToken);
        return Answer(new ViewerTraceList([.. page.Traces.Select(trace => trace.ToEntry())], page.Total, skipped, most));
    }

    private static async Task<IResult> FindAsync(
        string id, ClaimsPrincipal principal, ViewerTraces traces, TraceReader reader, HttpResponse response, CancellationToken cancellationToken) =>
        await traces.FindAsync(principal.TenantId, id, cancellationToken) is { } trace
        && await reader.OpenDocumentAsync(trace, cancellationToken) is { } document
            ? StoredAnswer.Of(document, "application/json", response)
            : PlainErrors.Of(StatusCodes.Status404NotFound, "Trace not found");

    private static void MapBody(RouteGroupBuilder viewer, string route, BodyKind kind, string missing) =>
        viewer.MapGet(
            $"/{route}/{{reference}}",
            async Task<IResult> (string reference, ClaimsPrincipal principal, ViewerTraces traces, HttpResponse response, CancellationToken cancellationToken) =>
                await traces.OpenBodyAsync(principal.TenantId, kind, reference, cancellationToken) is { } body
                    ? await StoredAnswer.OfBodyAsync(body, response, cancellationToken)
                    : PlainErrors.Of(StatusCodes.Status404NotFound, missing))
            .WithName($"Viewer{kind}").WithSummary("Get a raw body by its name in the trace");

    private static JsonHttpResult<T> Answer<T>(T value) => TypedResults.Json(value, ViewerJson.Options);

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
