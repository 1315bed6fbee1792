using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.WebUtilities;
using Platform.Contracts.Traces;
using Platform.Web.Components;

namespace Platform.Web.Features.Traces;

/// <summary>What the address of the trace list says: filters (<see cref="TraceFilterField.All"/>), order and columns. The API's query has the same names.</summary>
/// <param name="query">The query of the page. Of a parameter that occurs several times, the first value that is not empty counts.</param>
public sealed class TraceFilters(IQueryCollection query)
{
    private const string SortName = "sort";
    private const string OrderName = "order";
    private const string ColumnsName = "columns";

    /// <summary>The collapsed filters.</summary>
    public static IReadOnlyList<TraceFilterField> Rare { get; } =
        [.. TraceFilterField.All.Where(field => field.Kind != TraceFilterKind.Search && field.Name is not ("bot" or "outcome"))];

    /// <summary>Time ranges: query value and label.</summary>
    public static IReadOnlyList<(string Value, string Label)> Presets { get; } =
        [("", "Any time"), ("1h", "1 hour"), ("24h", "24 hours"), ("7d", "7 days"), ("30d", "30 days")];

    /// <summary>The filters that are set.</summary>
    public IReadOnlyList<(TraceFilterField Field, string Value)> Set { get; } =
        [.. TraceFilterField.All.Select(field => (field, First(query, field.Name))).Where(one => one.Item2.Length > 0)];

    /// <summary>Whether any filter is set; an order and columns are none.</summary>
    public bool Any => Set.Count > 0;

    /// <summary>True when a collapsed filter is set.</summary>
    public bool AnyRare => Set.Any(one => Rare.Contains(one.Field) && !(one.Field.Name == "from" && IsPreset(one.Value)));

    /// <summary>What the list is sorted by; the time, if the address says nothing or something unknown.</summary>
    public TraceSort Sort { get; } = Parse(First(query, SortName), TraceSort.Time);

    /// <summary>The direction.</summary>
    public TraceSortOrder Order { get; } = Parse(First(query, OrderName), TraceSortOrder.Desc);

    /// <summary>Whether the newest traces come first.</summary>
    public bool IsNewestFirst => First(query, SortName) is "" or "time" && First(query, OrderName) is "" or "desc";

    /// <summary>The chosen columns; null when the address names an unknown one.</summary>
    public IReadOnlyList<TraceColumn>? Columns { get; } = TraceColumn.Parse(Joined(query));

    /// <summary>Whether the address names columns.</summary>
    public bool HasColumns => Joined(query).Length > 0;

    /// <summary>The value of a filter; empty when it is not set.</summary>
    public string this[string name] => Set.FirstOrDefault(one => one.Field.Name == name).Value ?? "";

    /// <summary>Reads the query of a saved view.</summary>
    public static TraceFilters Of(string viewQuery) => new(new QueryCollection(QueryHelpers.ParseQuery(viewQuery)));

    /// <summary>The query string of the page, without a cursor.</summary>
    /// <param name="changes">Keys to set; an empty value removes the key.</param>
    public QueryString Query(params ReadOnlySpan<(string Key, string? Value)> changes) => Write([.. All, .. Changed(changes)]);

    /// <summary>The query string of the page with the same order and columns, but without filters.</summary>
    public QueryString Cleared() => Write([.. OrderPairs, .. ColumnPairs]);

    /// <summary>The query string of the list in the API.</summary>
    /// <param name="changes">Keys to set.</param>
    public QueryString ApiQuery(params ReadOnlySpan<(string Key, string? Value)> changes) => Write([.. FilterPairs, .. OrderPairs, .. Changed(changes)]);

    /// <summary>The query string of an export, which has an order of its own.</summary>
    /// <param name="format">The export's format.</param>
    public QueryString ExportQuery(string format) => Write([.. FilterPairs, new("format", format)]);

    /// <summary>The query string of the page in another order.</summary>
    public QueryString SortedBy(TraceSort sort, TraceSortOrder order) => Query(
        (SortName, sort == TraceSort.Time && order == TraceSortOrder.Desc ? null : Wire(sort)),
        (OrderName, order == TraceSortOrder.Desc ? null : Wire(order)));

    /// <summary>What a form of the page keeps although it has no field for it.</summary>
    /// <param name="shown">The names of its fields.</param>
    public IEnumerable<KeyValuePair<string, string?>> Hidden(params IReadOnlyList<string> shown) =>
        All.Where(pair => !shown.Contains(pair.Key) && !string.IsNullOrEmpty(pair.Value));

    private IEnumerable<KeyValuePair<string, string?>> All => [.. FilterPairs, .. OrderPairs, .. ColumnPairs];

    private IEnumerable<KeyValuePair<string, string?>> FilterPairs =>
        TraceFilterField.All.Select(one => KeyValuePair.Create(one.Name, (string?)this[one.Name]));

    private IEnumerable<KeyValuePair<string, string?>> OrderPairs => [new(SortName, First(query, SortName)), new(OrderName, First(query, OrderName))];

    private IEnumerable<KeyValuePair<string, string?>> ColumnPairs => [new(ColumnsName, Joined(query))];

    private static List<KeyValuePair<string, string?>> Changed(ReadOnlySpan<(string Key, string? Value)> changes)
    {
        List<KeyValuePair<string, string?>> changed = [];
        foreach (var (key, value) in changes)
        {
            changed.Add(new(key, value));
        }

        return changed;
    }

    /// <summary>Of pairs with one key the last counts, at the first one's place.</summary>
    private static QueryString Write(IEnumerable<KeyValuePair<string, string?>> pairs)
    {
        OrderedDictionary<string, string?> values = [];
        foreach (var (key, value) in pairs)
        {
            values[key] = value;
        }

        return new QueryBuilder(values.Where(pair => !string.IsNullOrWhiteSpace(pair.Value)).Select(pair => KeyValuePair.Create(pair.Key, pair.Value!.Trim()))).ToQueryString();
    }

    private static string First(IQueryCollection query, string name) => query[name].FirstOrDefault(value => !string.IsNullOrWhiteSpace(value)) ?? "";

    /// <summary>A form sends each column by itself.</summary>
    private static string Joined(IQueryCollection query) => string.Join(',', query[ColumnsName].Where(value => !string.IsNullOrWhiteSpace(value)));

    private static string Wire<TEnum>(TEnum value)
        where TEnum : struct, Enum => Format.Words(value).Replace(' ', '_');

    private static TEnum Parse<TEnum>(string text, TEnum otherwise)
        where TEnum : struct, Enum => Enum.GetValues<TEnum>().Where(value => Wire(value) == text).DefaultIfEmpty(otherwise).First();

    /// <summary>Whether a time is one of <see cref="Presets"/>.</summary>
    private static bool IsPreset(string from) => Presets.Any(preset => preset.Value == from);
}
