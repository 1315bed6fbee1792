using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Auth;
using Platform.Api.Errors;
using Platform.Contracts.Access;
using Platform.Contracts.Statistics;
using Platform.Contracts.Traces;
using Platform.Core.Statistics;
using Platform.Core.Traces;

namespace Platform.Api.Features.Statistics;

/// <summary><c>/api/v1/statistics</c>.</summary>
internal static class StatisticsEndpoints
{
    private const string UsualSilence = "7d";

    public static void MapStatistics(this IEndpointRouteBuilder routes)
    {
        var read = routes.MapGroup("/api/v1/statistics").WithTags("Statistics").RequireScope(Scopes.TracesRead);
        read.MapGet("/", ReadAsync).WithName("GetStatistics").WithSummary("Get activations over time, by bot and by model");
        read.MapGet("/silence", SilenceAsync).WithName("GetSilence").WithSummary("Get counts of silent activations by reason, bot and channel");
    }

    private static async Task<Results<Ok<StatisticsResponse>, ProblemHttpResult>> ReadAsync(
        ClaimsPrincipal principal, StatisticsReader statistics, CancellationToken cancellationToken, string? range = null) =>
        StatisticsRange.Find(range) is { } wanted
            ? TypedResults.Ok(await statistics.ReadAsync(principal.TenantId, wanted, cancellationToken))
            : Problems.Invalid("range", $"range must be one of {string.Join(", ", StatisticsRange.All.Select(one => one.Name))}.");

    private static async Task<Results<Ok<SilenceList>, ProblemHttpResult>> SilenceAsync(
        ClaimsPrincipal principal, SilenceReader silences, TimeProvider clock, CancellationToken cancellationToken, string? from = null, string? bot = null)
    {
        if (TraceFilterValue.Moment(string.IsNullOrWhiteSpace(from) ? UsualSilence : from, clock.GetUtcNow()) is not { } since)
        {
            return Problems.Invalid("from", TraceFilterValue.Problem(TraceFilterField.All.Single(field => field.Name == "from")));
        }

        return TypedResults.Ok(new SilenceList(
            since, await silences.ReadAsync(principal.TenantId, since, string.IsNullOrWhiteSpace(bot) ? null : bot, cancellationToken)));
    }
}
