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
        read.MapGet("/{id:guid}", FindAsync).WithName("GetActivation").WithSummary("Where an activation stands");

        var stop = routes.MapGroup("/api/v1/activations").WithTags("Activations").RequireAnyScope(Scopes.ConversationsWrite, Scopes.Ops);
        stop.MapPost("/{id:guid}/cancel", CancelAsync).WithName("CancelActivation").WithSummary("Stop an activation; a running answer keeps its text in the trace");

        var decide = routes.MapGroup("/api/v1/activations").WithTags("Activations").RequireScope(Scopes.Ops);
        decide.MapPost("/{id:guid}/retry", RetryAsync).WithName("RetryActivation").WithSummary("Run a parked activation again");
        decide.MapPost("/{id:guid}/give-up", GiveUpAsync).WithName("GiveUpActivation").WithSummary("End a parked activation as failed");
    }

    private static async Task<Results<Ok<ActivationResponse>, ProblemHttpResult>> FindAsync(
        Guid id, ClaimsPrincipal principal, ConversationReader reader, CancellationToken cancellationToken) =>
        await reader.FindActivationAsync(principal.TenantId, id, cancellationToken) is { } activation
            ? TypedResults.Ok(activation.ToResponse())
            : Problems.NotFound("activation");

    private static async Task<Results<Accepted, ProblemHttpResult>> CancelAsync(
        Guid id, ClaimsPrincipal principal, ActivationControl control, CancellationToken cancellationToken) =>
        Answer(id, await control.CancelAsync(principal.TenantId, id, NameOf(principal), cancellationToken), "It has ended already.");

    private static async Task<Results<Accepted, ProblemHttpResult>> RetryAsync(
        Guid id, ClaimsPrincipal principal, ActivationControl control, CancellationToken cancellationToken) =>
        Answer(id, await control.RunAgainAsync(principal.TenantId, id, cancellationToken), "Only a parked activation can be run again.");

    private static async Task<Results<Accepted, ProblemHttpResult>> GiveUpAsync(
        Guid id, ClaimsPrincipal principal, ActivationControl control, CancellationToken cancellationToken) =>
        Answer(id, await control.GiveUpAsync(principal.TenantId, id, NameOf(principal), cancellationToken), "Only a parked activation can be given up.");

    private static Results<Accepted, ProblemHttpResult> Answer(Guid id, ActivationChange change, string conflict) => change switch
    {
        ActivationChange.Missing => Problems.NotFound("activation"),
        ActivationChange.Conflict => Problems.Of(StatusCodes.Status409Conflict, "activation-state", "The activation's state does not allow it", conflict),
        _ => TypedResults.Accepted($"/api/v1/activations/{id}"),
    };

    private static string NameOf(ClaimsPrincipal principal) => principal.FindFirstValue(PrincipalClaims.Name) ?? "somebody";
}
