using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Auth;
using Platform.Contracts.Access;
using Platform.Contracts.Backups;
using Platform.Core.Backups;

namespace Platform.Api.Features.Backups;

/// <summary><c>/api/v1/backups</c>.</summary>
internal static class BackupEndpoints
{
    public static void MapBackups(this IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v1/backups", ReadAsync)
        .WithTags("Backups").WithName("GetBackups").WithSummary("Get the newest backup and the last restore drill")
        .RequireScope(Scopes.Ops);

    private static async Task<Ok<BackupReport>> ReadAsync(BackupRecords records, CancellationToken cancellationToken) =>
        TypedResults.Ok(BackupMapping.ToReport(await records.ReadAsync(cancellationToken)));
}
