using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Auth;
using Platform.Api.Errors;
using Platform.Api.Wire;
using Platform.Contracts.Access;
using Platform.Contracts.Outbox;
using Platform.Core.Outbox;
using Platform.Core.Webhooks;

namespace Platform.Api.Features.Outbox;

/// <summary><c>/api/v1/outbox</c> and <c>/api/v1/dead-letters</c>.</summary>
internal static class OutboxEndpoints
{
    private const int MaxPage = 200;

    public static void MapOutbox(this IEndpointRouteBuilder routes)
    {
        var outbox = routes.MapGroup("/api/v1/outbox").WithTags("Outbox").RequireScope(Scopes.Ops);
        outbox.MapGet("/", ListAsync).WithName("ListOutbox").WithSummary("List pending deliveries, oldest first");

        var dead = routes.MapGroup("/api/v1/dead-letters").WithTags("Outbox").RequireScope(Scopes.Ops);
        dead.MapGet("/", ListDeadAsync).WithName("ListDeadLetters").WithSummary("List dead letters, newest first");
        dead.MapPost("/{id:guid}/requeue", RequeueAsync).WithName("RequeueDeadLetter").WithSummary("Requeue a dead letter; attempts are reset");
        dead.MapDelete("/{id:guid}", DeleteAsync).WithName("DeleteDeadLetter").WithSummary("Delete a dead letter");
    }

    private static async Task<Results<Ok<OutboxResponse>, ProblemHttpResult>> ListAsync(
        ClaimsPrincipal principal,
        OutboxReader reader,
        WebhookStore webhooks,
        CancellationToken cancellationToken,
        string? kind = null,
        string? target = null,
        string? cursor = null,
        int limit = 50)
    {
        if (ProblemWith(kind, cursor, limit) is { } problem)
        {
            return problem;
        }

        var counts = await reader.CountAsync(principal.TenantId, cancellationToken);
        var page = await reader.ListAsync(
            principal.TenantId, WireEnum<EffectKind>.Parse(kind), NullIfEmpty(target), CursorOf(cursor), limit + 1, cancellationToken);
        var names = await NamesAsync(principal.TenantId, webhooks, cancellationToken);
        return TypedResults.Ok(new OutboxResponse(
            counts.Waiting,
            counts.Delivering,
            counts.Retrying,
            counts.Dead,
            counts.Waiting + counts.Delivering + counts.Retrying == 0 ? null : counts.OldestAge.TotalSeconds,
            [.. page.Take(limit).Select(effect => effect.ToResponse(names.GetValueOrDefault(effect.Target)))],
            page.Count > limit ? Text(page[limit - 1].Sequence) : null));
    }

    private static async Task<Results<Ok<DeadLetterList>, ProblemHttpResult>> ListDeadAsync(
        ClaimsPrincipal principal,
        OutboxReader reader,
        WebhookStore webhooks,
        CancellationToken cancellationToken,
        string? kind = null,
        string? target = null,
        string? cursor = null,
        int limit = 50)
    {
        if (ProblemWith(kind, cursor, limit) is { } problem)
        {
            return problem;
        }

        var page = await reader.ListDeadAsync(
            principal.TenantId, WireEnum<EffectKind>.Parse(kind), NullIfEmpty(target), CursorOf(cursor), limit + 1, cancellationToken);
        var names = await NamesAsync(principal.TenantId, webhooks, cancellationToken);
        return TypedResults.Ok(new DeadLetterList(
            [.. page.Take(limit).Select(letter => letter.ToResponse(names.GetValueOrDefault(letter.Target)))],
            page.Count > limit ? Text(page[limit - 1].Sequence) : null));
    }

    private static async Task<Results<Accepted, ProblemHttpResult>> RequeueAsync(
        Guid id, ClaimsPrincipal principal, DeadLetterStore deadLetters, CancellationToken cancellationToken) =>
        await deadLetters.RequeueAsync(principal.TenantId, id, cancellationToken)
            ? TypedResults.Accepted("/api/v1/outbox")
            : Problems.NotFound("dead letter");

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        Guid id, ClaimsPrincipal principal, DeadLetterStore deadLetters, CancellationToken cancellationToken) =>
        await deadLetters.DeleteAsync(principal.TenantId, id, cancellationToken)
            ? TypedResults.NoContent()
            : Problems.NotFound("dead letter");

    private static ProblemHttpResult? ProblemWith(string? kind, string? cursor, int limit)
    {
        if (limit is < 1 or > MaxPage)
        {
            return Problems.Invalid("limit", $"limit is {limit}; write 1 to {MaxPage}.");
        }

        if (!string.IsNullOrEmpty(kind) && WireEnum<EffectKind>.Parse(kind) is null)
        {
            return Problems.Invalid("kind", $"kind must be one of {WireEnum<EffectKind>.Names}.");
        }

        return string.IsNullOrEmpty(cursor) || CursorOf(cursor) is not null
            ? null
            : Problems.Invalid("cursor", "Unknown cursor: send the previous page's next_cursor unchanged, or none to start over.");
    }

    private static async Task<Dictionary<string, string>> NamesAsync(string tenantId, WebhookStore webhooks, CancellationToken cancellationToken) =>
        (await webhooks.ListAsync(tenantId, cancellationToken)).ToDictionary(
            webhook => webhook.Id.ToString(), webhook => webhook.Description ?? WebhookAddress.Masked(webhook.Url));

    private static long? CursorOf(string? cursor) =>
        long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ? sequence : null;

    private static string Text(long sequence) => sequence.ToString(CultureInfo.InvariantCulture);

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
