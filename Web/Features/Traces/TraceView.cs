using Microsoft.AspNetCore.Http.Extensions;

namespace Platform.Web.Features.Traces;

/// <summary>How a trace is looked at. It stands in the address, so that every view can be linked.</summary>
/// <param name="Id">The trace.</param>
/// <param name="All">True shows every row of long lists.</param>
/// <param name="Level">The least level of log lines; null shows all.</param>
public sealed record TraceView(string Id, bool All, string? Level)
{
    /// <summary>The address of a part of this view.</summary>
    /// <param name="fragment">The part's id; its part of the page is loaded anew only if it was left out.</param>
    public string To(string fragment)
    {
        var query = new QueryBuilder();
        if (All)
        {
            query.Add("all", "1");
        }

        if (Level is not null)
        {
            query.Add("level", Level);
        }

        return $"/traces/{Uri.EscapeDataString(Id)}{query}#{Uri.EscapeDataString(fragment)}";
    }
}
