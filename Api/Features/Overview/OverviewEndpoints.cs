using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Auth;
using Platform.Api.Features.Backups;
using Platform.Api.Features.Traces;
using Platform.Contracts.Access;
using Platform.Contracts.Overview;
using Platform.Core.Backups;
using Platform.Core.Models.Calls.Steps;
using Platform.Core.Overview;
using Platform.Core.Traces;

namespace Platform.Api.Features.Overview;

/// <summary><c>/api/v1/overview</c>.</summary>
internal static class OverviewEndpoints
{
    private const int RecentTraces = 8;

    private static readonly TraceFilter All = new();

    public static void MapOverview(this IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v1/overview", ReadAsync)
        .WithTags("Overview").WithName("GetOverview").WithSummary("Summary of the last 24 hours")
        .RequireScope(Scopes.TracesRead);

    private static async Task<Ok<OverviewResponse>> ReadAsync(
        ClaimsPrincipal principal, OverviewReader overview, TraceListReader traces, DailyTokenLimit limit, BackupRecords backups, CancellationToken cancellationToken)
    {
        var figures = await overview.ReadAsync(principal.TenantId, cancellationToken);
        var recent = await traces.ListAsync(principal.TenantId, All, null, RecentTraces, cancellationToken);
        var tokens = await limit.ReadAsync(cancellationToken);
        var copies = await backups.ReadAsync(cancellationToken);
        return TypedResults.Ok(new OverviewResponse(
            figures.Since,
            figures.Hours.Sum(hour => hour.Answered),
            figures.Hours.Sum(hour => hour.Silent),
            figures.Hours.Sum(hour => hour.Failed),
            figures.Waiting,
            figures.Running,
            figures.Hours.Sum(hour => hour.TokensIn),
            figures.Hours.Sum(hour => hour.TokensOut),
            figures.LatencyP50Ms,
            figures.LatencyP95Ms,
            new TokenCeilingResponse(tokens.Day, tokens.Used, tokens.Limit),
            [.. figures.Hours.Select(hour => new OverviewHour(hour.Start, hour.Answered, hour.Silent, hour.Failed, hour.TokensIn + hour.TokensOut))],
            [.. recent.Traces.Select(TraceMapping.ToSummary)],
            figures.BotsEnabled,
            figures.BotFilesWithErrors,
            figures.TracesTotal,
            BackupMapping.ProblemOf(copies)));
    }
}
