using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Auth;
using Platform.Api.Errors;
using Platform.Contracts.Access;
using Platform.Contracts.Schedules;
using Platform.Core.Schedules;

namespace Platform.Api.Features.Schedules;

/// <summary><c>/api/v1/schedules</c>.</summary>
internal static class ScheduleEndpoints
{
    public static void MapSchedules(this IEndpointRouteBuilder routes)
    {
        var schedules = routes.MapGroup("/api/v1/schedules").WithTags("Schedules").RequireScope(Scopes.Ops);
        schedules.MapGet("/", ListAsync).WithName("ListSchedules").WithSummary("List scheduled jobs with their last and next run");
        schedules.MapPost("/{name}/run", RunAsync).WithName("RunSchedule").WithSummary("Run a scheduled job now");
    }

    private static async Task<Ok<ScheduleList>> ListAsync(ScheduleReader schedules, CancellationToken cancellationToken)
    {
        var views = await schedules.ListAsync(cancellationToken);
        var leader = await schedules.LeaderAsync(cancellationToken);
        return TypedResults.Ok(new ScheduleList(
            [.. views.Select(ScheduleMapping.ToResponse)],
            leader is { Owner: { } owner } ? new ScheduleLeader(owner, leader.Since) : null));
    }

    private static async Task<Results<Accepted, ProblemHttpResult>> RunAsync(
        string name, ScheduleReader schedules, CancellationToken cancellationToken) =>
        await schedules.RequestRunAsync(name, cancellationToken)
            ? TypedResults.Accepted("/api/v1/schedules")
            : Problems.NotFound("schedule");
}
