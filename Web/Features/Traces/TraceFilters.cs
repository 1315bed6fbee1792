using Microsoft.AspNetCore.Http.Extensions;

namespace Platform.Web.Features.Traces;

/// <summary>What the list is narrowed by, as its address and the Api's say it. Empty does not restrict.</summary>
public sealed record TraceFilters(
    string? Text, string? Bot, string? Channel, string? Outcome, string? SilentReason, string? Model, string? CostFrom, string? DurationFrom, string? From, string? To)
{
    /// <summary>Each key of the address with its value.</summary>
    public IReadOnlyList<(string Key, string? Value)> Pairs =>
    [
        ("q", Text), ("bot", Bot), ("channel", Channel), ("outcome", Outcome), ("silent_reason", SilentReason), ("model", Model),
        ("cost_from", CostFrom), ("duration_from", DurationFrom), ("from", From), ("to", To),
    ];

    public bool Any => Pairs.Any(pair => !string.IsNullOrWhiteSpace(pair.Value));

    /// <summary>True when something is set that is not always in view.</summary>
    public bool AnyRare => Pairs.Any(pair => pair.Key is not ("q" or "bot" or "outcome" or "from") && !string.IsNullOrWhiteSpace(pair.Value))
        || (!string.IsNullOrWhiteSpace(From) && !IsPreset(From));

    /// <summary>How far back a click goes: what the address says, and what people read.</summary>
    public static IReadOnlyList<(string Value, string Label)> Presets { get; } =
        [("", "Any time"), ("1h", "Hour"), ("24h", "Day"), ("7d", "Week"), ("30d", "30 days")];

    /// <summary>The query of the address.</summary>
    /// <param name="changes">Keys with other values, or further ones; empty removes.</param>
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
