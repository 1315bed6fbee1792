using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Auth;
using Platform.Api.Errors;
using Platform.Api.Features.Traces.Imports;
using Platform.Api.Wire;
using Platform.Contracts.Access;
using Platform.Contracts.Traces;
using Platform.Core.Conversations;
using Platform.Core.Traces;
using Platform.Core.Webhooks;

namespace Platform.Api.Features.Traces;

/// <summary><c>/api/v1/traces</c>.</summary>
internal static class TraceEndpoints
{
    private const int MaxPage = 200;

    public static void MapTraces(this IEndpointRouteBuilder routes)
    {
        var read = routes.MapGroup("/api/v1/traces").WithTags("Traces").RequireScope(Scopes.TracesRead);
        read.MapGet("/", ListAsync).WithName("ListTraces").WithSummary("List traces, newest first").WithTraceFilters();
        read.MapGet("/facets", FacetsAsync).WithName("GetTraceFacets").WithSummary("Get the filter values of the trace list");
        read.MapGet("/{id}", FindAsync).WithName("GetTrace").WithSummary("Get a trace with its calls and its document, or an excerpt of a large one");
        read.MapGet("/{id}/document", DocumentAsync).WithName("GetTraceDocument").WithSummary("Get a trace's original document, byte for byte");
        read.MapGet("/{id}/calls/{callId}/bodies/{kind}/{position:int}", BodyAsync).WithName("GetCallBody").WithSummary("Get a raw request or response");

        read.MapTraceDiff();
        read.MapTraceExport();
        routes.MapImports();
    }

    private static async Task<Results<Ok<TraceList>, ProblemHttpResult>> ListAsync(
        HttpRequest request,
        ClaimsPrincipal principal,
        TraceListReader search,
        TraceCounter counter,
        TimeProvider clock,
        CancellationToken cancellationToken,
        int limit = 50,
        string? cursor = null,
        bool count = false)
    {
        if (limit is < 1 or > MaxPage)
        {
            return Problems.Invalid("limit", $"limit is {limit}; write 1 to {MaxPage}.");
        }

        var after = string.IsNullOrEmpty(cursor) ? null : TraceCursor.Parse(cursor);
        if (after is null && !string.IsNullOrEmpty(cursor))
        {
            return Problems.Of(
                StatusCodes.Status400BadRequest, "bad-cursor", "The cursor is invalid", "Send the previous page's next_cursor unchanged, or none to start with the newest trace.");
        }

        if (TraceFilterQuery.Parse(request.Query, clock.GetUtcNow(), out var problem) is not { } filter)
        {
            return Problems.Invalid(problem?.Field ?? "q", problem?.Message ?? "The filter is invalid.");
        }

        var page = await search.ListAsync(principal.TenantId, filter, after, limit, cancellationToken);
        var total = count ? await counter.CountAsync(principal.TenantId, filter, cancellationToken) : null;
        return TypedResults.Ok(new TraceList([.. page.Traces.Select(TraceMapping.ToSummary)], page.Next?.ToString(), total));
    }

    private static async Task<Ok<TraceFacetsResponse>> FacetsAsync(ClaimsPrincipal principal, TraceFacets facets, CancellationToken cancellationToken) =>
        TypedResults.Ok(new TraceFacetsResponse(
            await facets.BotsAsync(principal.TenantId, cancellationToken),
            await facets.ChannelsAsync(principal.TenantId, cancellationToken),
            await facets.ModelsAsync(principal.TenantId, cancellationToken),
            await facets.SilentReasonsAsync(principal.TenantId, cancellationToken)));

    private static async Task<Results<Ok<TraceDetail>, ProblemHttpResult>> FindAsync(
        string id,
        ClaimsPrincipal principal,
        TraceReader reader,
        TraceSurroundings surroundings,
        ConversationReader conversations,
        WebhookStore webhooks,
        CancellationToken cancellationToken)
    {
        var match = await reader.FindAsync(principal.TenantId, id, cancellationToken);
        if (match.Trace is not { } trace)
        {
            return Problems.NoTrace(match);
        }

        if (await reader.ViewDocumentAsync(trace, cancellationToken) is not { } document)
        {
            return Expired();
        }

        var calls = await reader.CallsAsync(trace.Id, cancellationToken);
        var bodies = await reader.BodiesAsync(trace.Id, cancellationToken);
        var activation = trace.ActivationId is { } activationId
            ? await conversations.FindActivationAsync(principal.TenantId, activationId, cancellationToken)
            : null;
        var (previous, next) = await surroundings.NeighboursAsync(trace, cancellationToken);
        return TypedResults.Ok(new TraceDetail(
            trace.ToSummary(),
            trace.TriggerMessageId,
            trace.ActivationId?.ToString(),
            activation?.ChannelId.ToString(),
            [.. calls.Select(call => call.ToResponse(bodies[call.Id]))],
            document.Document,
            await EffectsAsync(trace, surroundings, webhooks, cancellationToken),
            previous?.ToString(),
            next?.ToString(),
            document.IsWhole ? null : document.SizeBytes));
    }

    private static async Task<IReadOnlyList<TraceEffect>?> EffectsAsync(
        Trace trace, TraceSurroundings surroundings, WebhookStore webhooks, CancellationToken cancellationToken)
    {
        if (await surroundings.EffectsAsync(trace, cancellationToken) is not { Count: > 0 } effects)
        {
            return trace.ActivationId is null ? null : [];
        }

        var names = (await webhooks.ListAsync(trace.TenantId, cancellationToken)).ToDictionary(
            webhook => webhook.Id.ToString(), webhook => webhook.Description ?? WebhookAddress.Masked(webhook.Url));
        return [.. effects.Select(effect => effect.ToResponse(names.GetValueOrDefault(effect.Target)))];
    }

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> DocumentAsync(
        string id, ClaimsPrincipal principal, TraceReader reader, HttpResponse response, CancellationToken cancellationToken)
    {
        var match = await reader.FindAsync(principal.TenantId, id, cancellationToken);
        if (match.Trace is not { } trace)
        {
            return Problems.NoTrace(match);
        }

        return await reader.OpenDocumentAsync(trace, cancellationToken) is { } document
            ? StoredAnswer.Of(document, "application/json", response, $"trace-{trace.Id}.json")
            : Expired();
    }

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> BodyAsync(
        string id,
        string callId,
        string kind,
        int position,
        ClaimsPrincipal principal,
        TraceReader reader,
        HttpResponse response,
        CancellationToken cancellationToken)
    {
        var match = await reader.FindAsync(principal.TenantId, id, cancellationToken);
        if (match.Trace is not { } trace)
        {
            return Problems.NoTrace(match);
        }

        if (WireEnum<BodyKind>.Parse(kind) is not { } wanted
            || await reader.OpenBodyAsync(trace.Id, callId, wanted, position, cancellationToken) is not { } body)
        {
            return Problems.Of(
                StatusCodes.Status404NotFound, "body-not-found", "Body not found", "The call has no such body, or it was missing at import, or it was deleted by retention.");
        }

        return await StoredAnswer.OfBodyAsync(body, response, cancellationToken);
    }

    private static ProblemHttpResult Expired() => Problems.Of(
        StatusCodes.Status404NotFound, "document-expired", "Document deleted by retention", "The trace is older than its retention period and is being deleted; its row in the list follows.");
}
