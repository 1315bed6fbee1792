using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Auth;
using Platform.Api.Errors;
using Platform.Contracts.Access;
using Platform.Contracts.Traces;
using Platform.Core.Traces.Views;

namespace Platform.Api.Features.Traces.Views;

/// <summary><c>/api/v1/trace-views</c>: saved views of the trace list, of the key that asks.</summary>
internal static class TraceViewEndpoints
{
    public static void MapTraceViews(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/trace-views").WithTags("Traces").RequireScope(Scopes.TracesRead);
        group.MapGet("/", ListAsync).WithName("ListTraceViews").WithSummary("List your saved views of the trace list");
        group.MapPut("/{name}", SaveAsync).WithName("SaveTraceView").WithSummary("Save a view of the trace list, or change the one of that name");
        group.MapDelete("/{name}", DeleteAsync).WithName("DeleteTraceView").WithSummary("Delete a saved view of the trace list");
    }

    private static async Task<Ok<SavedTraceViewList>> ListAsync(ClaimsPrincipal principal, SavedViews views, CancellationToken cancellationToken) =>
        TypedResults.Ok(new SavedTraceViewList(await views.ListAsync(principal.TenantId, principal.PrincipalName, cancellationToken)));

    private static async Task<Results<Ok<SavedTraceView>, ProblemHttpResult>> SaveAsync(
        string name, SaveTraceViewRequest request, ClaimsPrincipal principal, SavedViews views, TimeProvider clock, CancellationToken cancellationToken)
    {
        name = name.Trim();
        if (SavedTraceView.ProblemWithName(name) is { } badName)
        {
            return Problems.Invalid("name", badName);
        }

        if (TraceViewQuery.Parse(request.Query ?? "", clock.GetUtcNow(), out var problem) is not { } query)
        {
            return Problems.Invalid(problem?.Field ?? "query", problem?.Message ?? "The query is invalid.");
        }

        if (!await views.SaveAsync(principal.TenantId, principal.PrincipalName, name, query, cancellationToken))
        {
            return Problems.Of(
                StatusCodes.Status409Conflict, "too-many-trace-views", "Too many saved views",
                $"The maximum of {SavedTraceView.MaxPerPrincipal} saved views is reached: delete an unused one.");
        }

        var saved = (await views.ListAsync(principal.TenantId, principal.PrincipalName, cancellationToken)).Find(view => view.Name == name);
        return saved is null ? Problems.NotFound("saved view") : TypedResults.Ok(saved);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string name, ClaimsPrincipal principal, SavedViews views, CancellationToken cancellationToken) =>
        await views.DeleteAsync(principal.TenantId, principal.PrincipalName, name.Trim(), cancellationToken)
            ? TypedResults.NoContent()
            : Problems.NotFound("saved view");
}
