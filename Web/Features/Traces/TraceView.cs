using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;

namespace Platform.Web.Features.Traces;

/// <summary>View state of the trace page. It is part of the address, so that every view can be linked.</summary>
/// <param name="Id">The trace.</param>
/// <param name="All">The section shown in full, page by page; null shows the most relevant rows of each section.</param>
/// <param name="From">The first row of the page, from 0.</param>
/// <param name="Level">Minimum log level; null shows all.</param>
public sealed record TraceView(string Id, string? All, int From, string? Level)
{
    /// <summary>Rows a page.</summary>
    public const int PageSize = 1000;

    /// <summary>Whether a section is shown in full.</summary>
    public bool ShowsAll(string part) => All == part;

    /// <summary>Address of a section in this view.</summary>
    public string To(string fragment)
    {
        var query = new QueryBuilder();
        if (All is not null)
        {
            query.Add("all", All);
            if (From > 0)
            {
                query.Add("from", From.ToString(CultureInfo.InvariantCulture));
            }
        }

        if (Level is not null)
        {
            query.Add("level", Level);
        }

        return $"/traces/{Uri.EscapeDataString(Id)}{query}#{Uri.EscapeDataString(fragment)}";
    }

    /// <summary>Address of the page of a section that has a row.</summary>
    /// <param name="part">The section.</param>
    /// <param name="fragment">Fragment of the target; null for the section.</param>
    /// <param name="row">Index of the row, from 0.</param>
    public string ToAll(string part, string? fragment = null, int row = 0) => (this with { All = part, From = row / PageSize * PageSize }).To(fragment ?? part);
}
