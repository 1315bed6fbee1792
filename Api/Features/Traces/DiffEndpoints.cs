using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Auth;
using Platform.Api.Errors;
using Platform.Contracts.Traces;
using Platform.Core.Traces;
using Platform.Core.Traces.Diff;

namespace Platform.Api.Features.Traces;

/// <summary><c>/api/v1/traces/diff</c>.</summary>
internal static class DiffEndpoints
{
    private const int DefaultContext = 3;

    /// <param name="traces">The group of traces.</param>
    public static void MapTraceDiff(this RouteGroupBuilder traces) =>
        traces.MapGet("/diff", CompareAsync).WithName("CompareTraces").WithSummary("Compare two traces: figures, and texts line by line");

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
            return Problems.NoTrace(first, "a");
        }

        var second = await reader.FindAsync(principal.TenantId, b, cancellationToken);
        if (second.Trace is null)
        {
            return Problems.NoTrace(second, "b");
        }

        var diff = await differ.CompareAsync(first.Trace, second.Trace, context, cancellationToken);
        return TypedResults.Ok(new TraceDiffResponse(diff.A.ToSummary(), diff.B.ToSummary(), diff.Figures, diff.Sections));
    }
}
