using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Errors;
using Platform.Contracts.Access;
using Platform.Core.Access;
using Platform.ServiceDefaults.Access;

namespace Platform.Api.Features.Access;

/// <summary><c>/api/v1/sessions</c>: sign in and out.</summary>
internal static class SessionEndpoints
{
    private const string Path = "/api/v1/sessions";

    public static void MapSessions(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Path).WithTags("Access").RequireAuthorization();
        group.MapPost("/", OpenAsync).WithName("OpenSession").WithSummary("Sign in: open a session with an API key; its id is a bearer token");
        group.MapDelete("/", RevokeAsync).WithName("RevokeSession").WithSummary("Sign out: end the session whose id is the bearer token");
    }

    private static async Task<Results<Created<SessionResponse>, ProblemHttpResult>> OpenAsync(
        KeyRing keys, SessionStore sessions, HttpContext context, CancellationToken cancellationToken)
    {
        // A session opens no other, and a local request in Development, which needs no key, has none to open one with.
        if (PresentedKey.Of(context.Request) is not { } key || keys.Find(key) is not { } owner)
        {
            return Problems.Invalid("authorization", "Sign in with an API key: 'Authorization: Bearer KEY'.");
        }

        context.Response.Headers.CacheControl = "no-store";
        var (id, expires) = await sessions.OpenAsync(owner, key, cancellationToken);
        return TypedResults.Created(Path, new SessionResponse(id, expires));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(SessionStore sessions, HttpContext context, CancellationToken cancellationToken) =>
        PresentedKey.Of(context.Request) is { } id && Session.IsId(id) && await sessions.RevokeAsync(id, cancellationToken)
            ? TypedResults.NoContent()
            : Problems.NotFound("session");
}
