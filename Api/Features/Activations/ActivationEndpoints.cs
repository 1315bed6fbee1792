using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Auth;
using Platform.Api.Errors;
using Platform.Contracts;
using Platform.Contracts.Activations;
using Platform.Core.Channels;

namespace Platform.Api.Features.Activations;

/// <summary><c>/api/v1/activations</c>.</summary>
internal static class ActivationEndpoints
{
    public static void MapActivations(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/activations").WithTags("Activations").RequireScope(Scopes.ConversationsRead);
        group.MapGet("/{id:guid}", FindAsync).WithName("GetActivation").WithSummary("Where an activation stands");
    }

    private static async Task<Results<Ok<ActivationResponse>, ProblemHttpResult>> FindAsync(
        Guid id, ClaimsPrincipal principal, ConversationReader reader, CancellationToken cancellationToken) =>
        await reader.FindActivationAsync(principal.TenantId, id, cancellationToken) is { } activation
            ? TypedResults.Ok(activation.ToResponse())
            : Problems.NotFound("activation");
}
