using Microsoft.AspNetCore.Http.Extensions;
using Platform.Contracts.Traces;

namespace Platform.Web.Features.Traces;

/// <summary>Values of <see cref="TraceFilterField.All"/>, as in the page's and the API's query. Empty means no filter.</summary>
/// <param name="query">The query of the page.</param>
public sealed class TraceFilters(IQueryCollection query)
{
    /// <summary>The collapsed filters.</summary>
    public static IReadOnlyList<TraceFilterField> Rare { get; } =
        [.. TraceFilterField.All.Where(field => field.Kind != TraceFilterKind.Search && field.Name is not ("bot" or "outcome"))];

    /// <summary>Time ranges: query value and label.</summary>
    public static IReadOnlyList<(string Value, string Label)> Presets { get; } =
        [("", "Any time"), ("1h", "1 hour"), ("24h", "24 hours"), ("7d", "7 days"), ("30d", "30 days")];

    /// <summary>The filters that are set.</summary>
    public IReadOnlyList<(TraceFilterField Field, string Value)> Set { get; } =
        [.. TraceFilterField.All.Select(field => (field, query[field.Name].FirstOrDefault() ?? "")).Where(one => !string.IsNullOrWhiteSpace(one.Item2))];

    public bool Any => Set.Count > 0;

    /// <summary>True when a collapsed filter is set.</summary>
    public bool AnyRare => Set.Any(one => Rare.Contains(one.Field) && !(one.Field.Name == "from" && IsPreset(one.Value)));

    /// <summary>The value of a filter; empty when it is not set.</summary>
    public string this[string name] => Set.FirstOrDefault(one => one.Field.Name == name).Value ?? "";

    /// <summary>The query string.</summary>
    /// <param name="changes">Keys to set; an empty value removes the key.</param>
    public QueryString Query(params ReadOnlySpan<(string Key, string? Value)> changes)
    {
        var values = TraceFilterField.All.ToDictionary(field => field.Name, field => (string?)this[field.Name]);
        foreach (var (key, value) in changes)
        {
            values[key] = value;
        }

        var builder = new QueryBuilder();
        foreach (var (key, value) in values)
        {
            if (!string.IsNullOrWhiteSpace(value))
            {
                builder.Add(key, value.Trim());
            }
        }

        return builder.ToQueryString();
    }

    /// <summary>Whether a time is one of <see cref="Presets"/>.</summary>
    private static bool IsPreset(string from) => Presets.Any(preset => preset.Value == from);
}
