using Microsoft.AspNetCore.Http.Extensions;

namespace Platform.Web.Features.Traces;

/// <summary>Filters of the trace list, named as in the page's and the API's query. Empty means no filter.</summary>
public sealed record TraceFilters(
    string? Text, string? Bot, string? Channel, string? Outcome, string? SilentReason, string? Model, string? CostFrom, string? DurationFrom, string? From, string? To)
{
    /// <summary>Query keys with their values.</summary>
    public IReadOnlyList<(string Key, string? Value)> Pairs =>
    [
        ("q", Text), ("bot", Bot), ("channel", Channel), ("outcome", Outcome), ("silent_reason", SilentReason), ("model", Model),
        ("cost_from", CostFrom), ("duration_from", DurationFrom), ("from", From), ("to", To),
    ];

    public bool Any => Pairs.Any(pair => !string.IsNullOrWhiteSpace(pair.Value));

    /// <summary>True when a collapsed filter is set.</summary>
    public bool AnyRare => Pairs.Any(pair => pair.Key is not ("q" or "bot" or "outcome" or "from") && !string.IsNullOrWhiteSpace(pair.Value))
        || (!string.IsNullOrWhiteSpace(From) && !IsPreset(From));

    /// <summary>Time ranges: query value and label.</summary>
    public static IReadOnlyList<(string Value, string Label)> Presets { get; } =
        [("", "Any time"), ("1h", "1 hour"), ("24h", "24 hours"), ("7d", "7 days"), ("30d", "30 days")];

    /// <summary>The query string.</summary>
    /// <param name="changes">Keys to set; an empty value removes the key.</param>
    public QueryString Query(params ReadOnlySpan<(string Key, string? Value)> changes)
    {
        var values = Pairs.ToDictionary(pair => pair.Key, pair => pair.Value);
        foreach (var (key, value) in changes)
        {
            values[key] = value;
        }

        var query = new QueryBuilder();
        foreach (var (key, value) in values)
        {
            if (!string.IsNullOrWhiteSpace(value))
            {
                query.Add(key, value.Trim());
            }
        }

        return query.ToQueryString();
    }

    /// <summary>Whether a time is one of <see cref="Presets"/>.</summary>
    public static bool IsPreset(string? from) => Presets.Any(preset => preset.Value == (from ?? ""));
}
