using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Contracts.Bots;
using Platform.Core.Authors;
using Platform.Core.Bots;
using Platform.Core.Models;

namespace Platform.Api.Features.Bots;

/// <summary>Who there is to talk to.</summary>
internal static class BotEndpoints
{
    /// <summary>Maps <c>/api/v1/bots</c>.</summary>
    public static RouteGroupBuilder MapBots(this IEndpointRouteBuilder routes)
    {
        var bots = routes.MapGroup("/api/v1/bots").WithTags("Bots");
        bots.MapGet("/", ListAsync).WithName("ListBots").WithSummary("Every bot and every bot file");
        bots.MapGet("/{bot}", FindAsync).WithName("GetBot").WithSummary("One bot, by handle or id");
        return bots;
    }

    private static async Task<Ok<BotList>> ListAsync(BotReader reader, IModelGateway models, CancellationToken cancellationToken)
    {
        var bots = await reader.ListAsync(Tenant.Home, cancellationToken);
        var files = await reader.FilesAsync(Tenant.Home, cancellationToken);
        return TypedResults.Ok(new BotList(
            [.. bots.Select(bot => BotMapping.ToResponse(bot, models))],
            [.. files.Select(BotMapping.ToResponse)]));
    }

    private static async Task<Results<Ok<BotResponse>, ProblemHttpResult>> FindAsync(
        string bot, BotReader reader, IModelGateway models, CancellationToken cancellationToken) =>
        await reader.FindAsync(Tenant.Home, bot, cancellationToken) is { } found
            ? TypedResults.Ok(BotMapping.ToResponse(found, models))
            : TypedResults.Problem(
                statusCode: StatusCodes.Status404NotFound,
                title: "There is no such bot.",
                detail: "GET /api/v1/bots lists them.",
                type: "https://platform.local/problems/bot-not-found");
}
