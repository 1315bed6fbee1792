using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Auth;
using Platform.Api.Errors;
using Platform.Contracts.Access;
using Platform.Contracts.Activations;
using Platform.Core.Activations;
using Platform.Core.Conversations;

namespace Platform.Api.Features.Activations;

/// <summary><c>/api/v1/activations</c>.</summary>
internal static class ActivationEndpoints
{
    public static void MapActivations(this IEndpointRouteBuilder routes)
    {
        var read = routes.MapGroup("/api/v1/activations").WithTags("Activations").RequireScope(Scopes.ConversationsRead);
        read.MapGet("/{id:guid}", FindAsync).WithName("GetActivation").WithSummary("Get an activation's state");

        var stop = routes.MapGroup("/api/v1/activations").WithTags("Activations").RequireAnyScope(Scopes.ConversationsWrite, Scopes.Ops);
        stop.MapPost("/{id:guid}/cancel", CancelAsync).WithName("CancelActivation").WithSummary("Cancel an activation; a partial answer stays in the trace");

        var decide = routes.MapGroup("/api/v1/activations").WithTags("Activations").RequireScope(Scopes.Ops);
        decide.MapPost("/{id:guid}/retry", RetryAsync).WithName("RetryActivation").WithSummary("Retry a parked activation");
        decide.MapPost("/{id:guid}/give-up", GiveUpAsync).WithName("GiveUpActivation").WithSummary("End a parked activation as failed");
    }

    private static async Task<Results<Ok<ActivationResponse>, ProblemHttpResult>> FindAsync(
        Guid id, ClaimsPrincipal principal, ConversationReader reader, CancellationToken cancellationToken) =>
        await reader.FindActivationAsync(principal.TenantId, id, cancellationToken) is { } activation
            ? TypedResults.Ok(activation.ToResponse())
            : Problems.NotFound("activation");

    private static async Task<Results<Accepted, ProblemHttpResult>> CancelAsync(
        Guid id, ClaimsPrincipal principal, ActivationControl control, CancellationToken cancellationToken) =>
        Answer(id, await control.CancelAsync(principal.TenantId, id, NameOf(principal), cancellationToken), "The activation has already ended.");

    private static async Task<Results<Accepted, ProblemHttpResult>> RetryAsync(
        Guid id, ClaimsPrincipal principal, ActivationControl control, CancellationToken cancellationToken) =>
        Answer(id, await control.RequeueAsync(principal.TenantId, id, cancellationToken), "Only a parked activation can be retried.");

    private static async Task<Results<Accepted, ProblemHttpResult>> GiveUpAsync(
        Guid id, ClaimsPrincipal principal, ActivationControl control, CancellationToken cancellationToken) =>
        Answer(id, await control.FailParkedAsync(principal.TenantId, id, NameOf(principal), cancellationToken), "Only a parked activation can be ended as failed.");

    private static Results<Accepted, ProblemHttpResult> Answer(Guid id, ActivationChange change, string conflict) => change switch
    {
        ActivationChange.Missing => Problems.NotFound("activation"),
        ActivationChange.Conflict => Problems.Of(StatusCodes.Status409Conflict, "activation-state", "Not allowed in the activation's state", conflict),
        _ => TypedResults.Accepted($"/api/v1/activations/{id}"),
    };

    private static string NameOf(ClaimsPrincipal principal) => principal.FindFirstValue(PrincipalClaims.Name) ?? "unknown";
}
