using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Auth;
using Platform.Contracts.Access;
using Platform.Contracts.Jobs;
using Platform.Core.Jobs;

namespace Platform.Api.Features.Jobs;

/// <summary><c>/api/v1/jobs</c>.</summary>
internal static class JobEndpoints
{
    public static void MapJobs(this IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v1/jobs", ReadAsync)
        .WithTags("Jobs").WithName("ListJobs").WithSummary("Get job queue counts and recent jobs")
        .RequireScope(Scopes.Ops);

    private static async Task<Ok<JobList>> ReadAsync(JobReader jobs, CancellationToken cancellationToken) =>
        TypedResults.Ok(await jobs.ReadAsync(cancellationToken));
}
