using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;

namespace Platform.Web.Features.Traces;

/// <summary>How a trace is looked at. It stands in the address, so that every view can be linked.</summary>
/// <param name="Id">The trace.</param>
/// <param name="All">The part whose long list is shown window by window; null shows the rows of each that matter most.</param>
/// <param name="From">The first row of the window, from 0.</param>
/// <param name="Level">The least level of log lines; null shows all.</param>
public sealed record TraceView(string Id, string? All, int From, string? Level)
{
    /// <summary>Rows of a window: what a browser scrolls through without effort.</summary>
    public const int Window = 1000;

    /// <summary>Whether the list of a part is shown window by window.</summary>
    public bool ShowsAll(string part) => All == part;

    /// <summary>The address of a part of this view.</summary>
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

    /// <summary>The address of the window of a part's list that holds a row.</summary>
    /// <param name="part">The part.</param>
    /// <param name="fragment">What is looked for; null for the part itself.</param>
    /// <param name="row">The row's place in the list, from 0.</param>
    public string ToAll(string part, string? fragment = null, int row = 0) => (this with { All = part, From = row / Window * Window }).To(fragment ?? part);
}
