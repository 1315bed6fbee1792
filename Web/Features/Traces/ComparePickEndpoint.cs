using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Platform.Web.Features.Traces;

/// <summary>Target of the trace list's form: redirects to the comparison of the selected traces.</summary>
internal static class ComparePickEndpoint
{
    /// <summary>Maps <c>GET /traces/compare-picked?of=&amp;of=</c>.</summary>
    public static void MapComparePick(this IEndpointRouteBuilder routes) => routes.MapGet("/traces/compare-picked", Pick);

    private static RedirectHttpResult Pick([FromQuery(Name = "of")] string[] picked)
    {
        if (picked.Length == 0)
        {
            return TypedResults.LocalRedirect("/traces/compare");
        }

        // The list is newest first; the comparison shows the older trace as A. The page asks for a missing id.
        var query = new QueryBuilder { { "a", picked[^1] } };
        if (picked.Length > 1)
        {
            query.Add("b", picked[0]);
        }

        return TypedResults.LocalRedirect($"/traces/compare{query}");
    }
}
