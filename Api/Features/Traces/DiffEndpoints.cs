using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Auth;
using Platform.Api.Errors;
using Platform.Contracts;
using Platform.Contracts.Traces;
using Platform.Core.Traces;
using Platform.Core.Traces.Diff;

namespace Platform.Api.Features.Traces;

/// <summary><c>/api/v1/traces/diff</c>.</summary>
internal static class DiffEndpoints
{
    private const int DefaultContext = 3;

    public static void MapTraceDiff(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/api/v1/traces").WithTags("Traces").RequireScope(Scopes.TracesRead)
            .MapGet("/diff", CompareAsync).WithName("CompareTraces").WithSummary("Two traces side by side: numbers, and texts line by line");

    private static async Task<Results<Ok<TraceDiffResponse>, ProblemHttpResult>> CompareAsync(
        ClaimsPrincipal principal,
        TraceReader reader,
        TraceDiffer differ,
        CancellationToken cancellationToken,
        string a = "",
        string b = "",
        int context = DefaultContext)
    {
        if (context is < 0 or > TraceDiffer.MostContext)
        {
            return Problems.Invalid("context", $"context is {context}; write 0 to {TraceDiffer.MostContext}.");
        }

        var first = await reader.FindAsync(principal.TenantId, a, cancellationToken);
        if (first.Trace is null)
        {
            return Missing("a", first);
        }

        var second = await reader.FindAsync(principal.TenantId, b, cancellationToken);
        if (second.Trace is null)
        {
            return Missing("b", second);
        }

        var diff = await differ.CompareAsync(first.Trace, second.Trace, context, cancellationToken);
        return TypedResults.Ok(new TraceDiffResponse(diff.A.ToSummary(), diff.B.ToSummary(), diff.Figures, diff.Sections));
    }

    private static ProblemHttpResult Missing(string side, TraceMatch match) => match.IsAmbiguous
        ? Problems.Of(
            StatusCodes.Status409Conflict, "ambiguous-trace-id", "Several traces have this id", $"Ids of imported traces may repeat: give '{side}' the trace's own id from the list.")
        : Problems.NotFound($"trace '{side}'");
}
