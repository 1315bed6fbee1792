using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Auth;
using Platform.Api.Errors;
using Platform.Contracts.Access;
using Platform.Contracts.Statistics;
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
        read.MapGet("/silence", SilenceAsync).WithName("GetSilence").WithSummary("Get counts of silent activations by rule and bot");
    }

    private static async Task<Results<Ok<StatisticsResponse>, ProblemHttpResult>> ReadAsync(
        ClaimsPrincipal principal, StatisticsReader statistics, CancellationToken cancellationToken, string? range = null) =>
        StatisticsRange.Find(range) is { } wanted
            ? TypedResults.Ok(await statistics.ReadAsync(principal.TenantId, wanted, cancellationToken))
            : Problems.Invalid("range", $"range is none of {string.Join(", ", StatisticsRange.All.Select(one => one.Name))}.");

    private static async Task<Results<Ok<SilenceList>, ProblemHttpResult>> SilenceAsync(
        ClaimsPrincipal principal, SilenceReader silences, TimeProvider clock, CancellationToken cancellationToken, string? from = null, string? bot = null)
    {
        var text = new TraceFilterText { From = string.IsNullOrWhiteSpace(from) ? UsualSilence : from, Bot = bot };
        return text.Parse(clock.GetUtcNow(), out var fault) is { From: { } since } filter
            ? TypedResults.Ok(new SilenceList(since, await silences.ReadAsync(principal.TenantId, since, filter.Bot, cancellationToken)))
            : Problems.Invalid(fault?.Field ?? "from", fault?.Message ?? "from cannot be read.");
    }
}
