using System.Globalization;
using Platform.Web.Features.Traces.Parts;

namespace Platform.Web.Features.Traces;

/// <summary>View state of the trace page. It is part of the address, so that every view can be linked.</summary>
/// <param name="Id">The trace.</param>
/// <param name="Part">The selected part.</param>
/// <param name="From">First row of the page, from 0, when a long list is shown page by page; null shows its most relevant rows.</param>
/// <param name="Level">Minimum log level; null shows all.</param>
/// <param name="Only">The only log level that is shown; null shows all.</param>
public sealed record TraceView(string Id, PartAddress Part, int? From = null, string? Level = null, string? Only = null)
{
    /// <summary>Rows a page.</summary>
    public const int PageSize = 1000;

    /// <summary>Whether the selected part is shown in full, page by page.</summary>
    public bool ShowsAll => From is not null;

    /// <summary>Index of the first row of the page.</summary>
    public int FirstRow => From ?? 0;

    /// <summary>Address of a part.</summary>
    /// <param name="part">The part.</param>
    /// <param name="fragment">Id of the row to jump to.</param>
    public string To(PartAddress part, string? fragment = null) => Address(part, null, null, null, fragment);

    /// <summary>Address of the page of the selected part that has a row.</summary>
    /// <param name="row">Index of the row, from 0.</param>
    public string ToRows(int row) => Address(Part.Parent, row / PageSize * PageSize, Level, Only, null);

    /// <summary>Address of the log with a filter.</summary>
    /// <param name="level">Minimum level.</param>
    /// <param name="only">The only level.</param>
    public string ToLogs(string? level = null, string? only = null) => Address(new PartAddress(PartKind.Logs), null, level, only, null);

    private string Address(PartAddress part, int? from, string? level, string? only, string? fragment)
    {
        var query = new[]
        {
            part == PartAddress.Overview ? null : $"part={part}",
            from is { } row ? string.Create(CultureInfo.InvariantCulture, $"from={row}") : null,
            level is null ? null : $"level={Uri.EscapeDataString(level)}",
            only is null ? null : $"only={Uri.EscapeDataString(only)}",
        }.Where(pair => pair is not null);
        var joined = string.Join('&', query);
        return $"/traces/{Uri.EscapeDataString(Id)}{(joined.Length > 0 ? $"?{joined}" : "")}{(fragment is null ? "" : $"#{Uri.EscapeDataString(fragment)}")}";
    }
}
