using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Auth;
using Platform.Api.Errors;
using Platform.Api.Wire;
using Platform.Contracts.Access;
using Platform.Contracts.Activations;
using Platform.Core.Activations.Queue;

namespace Platform.Api.Features.Activations;

/// <summary><c>/api/v1/queue</c>.</summary>
internal static class QueueEndpoints
{
    private const int MaxPage = 200;

    public static void MapQueue(this IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/queue", ListAsync)
        .WithTags("Queue").RequireScope(Scopes.Ops).WithName("GetQueue").WithSummary("List unfinished activations, with counts");

    private static async Task<Results<Ok<QueueResponse>, ProblemHttpResult>> ListAsync(
        ClaimsPrincipal principal,
        QueueReader reader,
        CancellationToken cancellationToken,
        string? state = null,
        string? bot = null,
        string? cursor = null,
        int limit = 50)
    {
        if (limit is < 1 or > MaxPage)
        {
            return Problems.Invalid("limit", $"limit is {limit}; write 1 to {MaxPage}.");
        }

        var wanted = WireEnum<QueueState>.Parse(state);
        if (wanted is null && !string.IsNullOrEmpty(state))
        {
            return Problems.Invalid("state", $"state must be one of {WireEnum<QueueState>.Names}.");
        }

        Guid? before = Guid.TryParse(cursor, out var last) ? last : null;
        if (before is null && !string.IsNullOrEmpty(cursor))
        {
            return Problems.Invalid("cursor", "Send the previous page's next_cursor unchanged, or none to start with the newest.");
        }

        var bots = await reader.CountAsync(principal.TenantId, cancellationToken);
        var oldest = await reader.OldestWaitingAsync(principal.TenantId, cancellationToken);
        var items = await reader.ListAsync(
            principal.TenantId, wanted, string.IsNullOrEmpty(bot) ? null : bot, before, limit + 1, cancellationToken);
        return TypedResults.Ok(new QueueResponse(
            bots.Sum(one => one.Running),
            bots.Sum(one => one.Waiting),
            bots.Sum(one => one.Deferred),
            bots.Sum(one => one.Parked),
            (long?)oldest?.TotalMilliseconds,
            bots,
            [.. items.Take(limit)],
            items.Count > limit ? items[limit - 1].Id : null));
    }
}
