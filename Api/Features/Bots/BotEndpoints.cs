using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Auth;
using Platform.Api.Errors;
using Platform.Contracts.Access;
using Platform.Contracts.Bots;
using Platform.Core.Bots;
using Platform.Core.Models.Calls;

namespace Platform.Api.Features.Bots;

/// <summary>Who there is to talk to.</summary>
internal static class BotEndpoints
{
    /// <summary>Maps <c>/api/v1/bots</c>.</summary>
    public static RouteGroupBuilder MapBots(this IEndpointRouteBuilder routes)
    {
        var bots = routes.MapGroup("/api/v1/bots").WithTags("Bots").RequireScope(Scopes.ConversationsRead);
        bots.MapGet("/", ListAsync).WithName("ListBots").WithSummary("List bots and bot files");
        bots.MapGet("/{bot}", FindAsync).WithName("GetBot").WithSummary("Get a bot by handle or id");
        return bots;
    }

    private static async Task<Ok<BotList>> ListAsync(
        ClaimsPrincipal principal, BotReader reader, ModelPipeline models, CancellationToken cancellationToken)
    {
        var bots = await reader.ListAsync(principal.TenantId, cancellationToken);
        var files = await reader.FilesAsync(principal.TenantId, cancellationToken);
        return TypedResults.Ok(new BotList(
            [.. bots.Select(bot => BotMapping.ToResponse(bot, models))],
            [.. files.Select(BotMapping.ToResponse)]));
    }

    private static async Task<Results<Ok<BotResponse>, ProblemHttpResult>> FindAsync(
        string bot, ClaimsPrincipal principal, BotReader reader, ModelPipeline models, CancellationToken cancellationToken) =>
        await reader.FindAsync(principal.TenantId, bot, cancellationToken) is { } found
            ? TypedResults.Ok(BotMapping.ToResponse(found, models))
            : Problems.NotFound("bot");
}
