using Microsoft.AspNetCore.Http.Extensions;

namespace Platform.Web.Features.Traces;

/// <summary>How a trace is looked at. It stands in the address, so that every view can be linked.</summary>
/// <param name="Id">The trace.</param>
/// <param name="All">The part whose long list is shown whole; <c>1</c> for every part, null for none.</param>
/// <param name="Level">The least level of log lines; null shows all.</param>
public sealed record TraceView(string Id, string? All, string? Level)
{
    /// <summary>Whether the list of a part is shown whole.</summary>
    public bool ShowsAll(string part) => All == part || All is "1";

    /// <summary>The address of a part of this view.</summary>
    public string To(string fragment)
    {
        var query = new QueryBuilder();
        if (All is not null)
        {
            query.Add("all", All);
        }

        if (Level is not null)
        {
            query.Add("level", Level);
        }

        return $"/traces/{Uri.EscapeDataString(Id)}{query}#{Uri.EscapeDataString(fragment)}";
    }

    /// <summary>The address of something within a part whose list is shown whole.</summary>
    /// <param name="part">The part.</param>
    /// <param name="fragment">What is looked for; null for the part itself.</param>
    public string ToAll(string part, string? fragment = null) => (ShowsAll(part) ? this : this with { All = part }).To(fragment ?? part);
}
