using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Auth;
using Platform.Contracts.Access;
using Platform.Contracts.Attention;
using Platform.Core.Attention;

namespace Platform.Api.Features.Attention;

/// <summary><c>/api/v1/attention</c>.</summary>
internal static class AttentionEndpoints
{
    public static void MapAttention(this IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v1/attention", ReadAsync)
        .WithTags("Overview").WithName("GetAttention").WithSummary("What needs attention now, the most urgent first; at most 3 s old")
        .RequireScope(Scopes.TracesRead);

    private static async Task<Ok<AttentionList>> ReadAsync(ClaimsPrincipal principal, AttentionReader attention, CancellationToken cancellationToken) =>
        TypedResults.Ok(new AttentionList(await attention.ReadAsync(principal.TenantId, cancellationToken)));
}
