using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Auth;
using Platform.Api.Errors;
using Platform.Contracts.Access;
using Platform.Contracts.Replays;
using Platform.Core.Replays;
using Platform.Core.Traces;

namespace Platform.Api.Features.Replays;

/// <summary>Replays of recorded model calls.</summary>
internal static class ReplayEndpoints
{
    private const int LongestModel = 200;

    public static void MapReplays(this IEndpointRouteBuilder routes)
    {
        var replays = routes.MapGroup("/api/v1").WithTags("Replays").RequireScope(Scopes.TracesRead);
        replays.MapGet("/traces/{id}/calls/{callId}/replays", ListAsync).WithName("ListReplays").WithSummary("List a call's replays");
        replays.MapPost("/traces/{id}/calls/{callId}/replays", AskAsync).WithName("ReplayCall").RequireScope(Scopes.ConversationsWrite)
            .WithSummary("Replay a model call: send it again (live), or parse its recorded response again (recorded)");
        replays.MapGet("/replays/{id:guid}", FindAsync).WithName("GetReplay").WithSummary("Get a replay");
    }

    private static async Task<Results<Ok<ReplayList>, ProblemHttpResult>> ListAsync(
        string id, string callId, ClaimsPrincipal principal, TraceReader traces, RecordedAnswers recorded, ReplayStore store, CancellationToken cancellationToken)
    {
        var match = await traces.FindAsync(principal.TenantId, id, cancellationToken);
        if (match.Trace is not { } trace)
        {
            return Problems.NoTrace(match);
        }

        if (await FindCallAsync(traces, trace, callId, cancellationToken) is not { } call)
        {
            return Problems.NotFound("call");
        }

        var (_, cannotAsk) = await recorded.CanReplayAsync(call, cancellationToken);
        var (answer, cannotRead) = await recorded.ReadAsync(call, cancellationToken);
        var replays = await store.ListAsync(trace.Id, call.Id, cancellationToken);
        return TypedResults.Ok(new ReplayList(call.ToAnswer(answer?.Text), ModelOf(call), cannotAsk, cannotRead, [.. replays.Select(ReplayMapping.ToResponse)]));
    }

    private static async Task<Results<Accepted<ReplayResponse>, ProblemHttpResult>> AskAsync(
        string id,
        string callId,
        ReplayRequest request,
        ClaimsPrincipal principal,
        TraceReader traces,
        RecordedAnswers recorded,
        ReplayStore store,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var match = await traces.FindAsync(principal.TenantId, id, cancellationToken);
        if (match.Trace is not { } trace)
        {
            return Problems.NoTrace(match);
        }

        if (await FindCallAsync(traces, trace, callId, cancellationToken) is not { } call)
        {
            return Problems.NotFound("call");
        }

        var mode = request.Mode ?? ReplayMode.Live;
        var model = string.IsNullOrWhiteSpace(request.Model) ? ModelOf(call) : request.Model.Trim();
        if (model.Length > LongestModel)
        {
            return Problems.Invalid("model", $"model has {model.Length} characters: write the name of a model, for example gpt-4o-mini.");
        }

        if (mode is ReplayMode.Recorded && model != ModelOf(call))
        {
            return Problems.Invalid("model", $"Mode 'recorded' parses the response of {call.Model}: omit model, or use mode 'live' to call {model}.");
        }

        var (leftOut, refusal) = await CheckAsync(recorded, call, mode, cancellationToken);
        if (refusal is not null)
        {
            return Problems.Of(StatusCodes.Status409Conflict, "cannot-replay", "The call cannot be replayed", refusal);
        }

        var replay = new Replay
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            TenantId = principal.TenantId,
            TraceId = trace.Id,
            LlmCallId = call.Id,
            Mode = mode,
            AskedModel = model,
            LeftOut = leftOut,
            CreatedAt = clock.GetUtcNow(),
        };
        return await store.AddAsync(replay, cancellationToken)
            ? TypedResults.Accepted($"/api/v1/replays/{replay.Id}", replay.ToResponse())
            : Problems.Of(
                StatusCodes.Status429TooManyRequests, "too-many-replays", "Too many pending replays",
                $"{ReplayStore.MostOpen} replays are pending or running: retry when some have ended.");
    }

    private static async Task<Results<Ok<ReplayResponse>, ProblemHttpResult>> FindAsync(
        Guid id, ClaimsPrincipal principal, ReplayStore store, CancellationToken cancellationToken) =>
        await store.FindAsync(principal.TenantId, id, cancellationToken) is { } replay
            ? TypedResults.Ok(replay.ToResponse())
            : Problems.NotFound("replay");

    private static async Task<(IReadOnlyList<string> LeftOut, string? Refusal)> CheckAsync(
        RecordedAnswers recorded, LlmCall call, ReplayMode mode, CancellationToken cancellationToken)
    {
        if (mode is ReplayMode.Live)
        {
            return await recorded.CanReplayAsync(call, cancellationToken);
        }

        var (_, refusal) = await recorded.ReadAsync(call, cancellationToken);
        return ([], refusal);
    }

    private static string ModelOf(LlmCall call) => call.Rehearsal || call.Provider is null ? call.Model : $"{call.Provider}/{call.Model}";

    private static async Task<LlmCall?> FindCallAsync(TraceReader traces, Trace trace, string callId, CancellationToken cancellationToken) =>
        (await traces.CallsAsync(trace.Id, cancellationToken)).FirstOrDefault(call => call.CallId == callId || call.Id.ToString() == callId);
}
