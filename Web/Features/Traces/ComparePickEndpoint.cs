using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Platform.Web.Features.Traces;

/// <summary>Where the list's form leads: from the traces that were marked to the page that compares two.</summary>
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

        // The list is newest first, and a comparison goes from the older to the newer; the page asks for what is missing.
        var query = new QueryBuilder { { "a", picked[^1] } };
        if (picked.Length > 1)
        {
            query.Add("b", picked[0]);
        }

        return TypedResults.LocalRedirect($"/traces/compare{query}");
    }
}
