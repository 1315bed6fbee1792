using System.Globalization;
using Platform.Contracts.Traces;
using Platform.Core.Storage;
using Platform.Core.Text;

namespace Platform.Core.Traces;

/// <summary>A filter as people and addresses write it: everything is text. Null and empty do not restrict.</summary>
public sealed record TraceFilterText
{
    /// <summary>Longest <see cref="Text"/>, in UTF-16 units.</summary>
    public const int MaxTextLength = 500;

    private static readonly Dictionary<char, Func<double, TimeSpan>> Units = new()
    {
        ['m'] = TimeSpan.FromMinutes,
        ['h'] = TimeSpan.FromHours,
        ['d'] = TimeSpan.FromDays,
        ['w'] = weeks => TimeSpan.FromDays(7 * weeks),
    };

    private static readonly Dictionary<string, TraceOutcome> Outcomes = Enum.GetValues<TraceOutcome>().ToDictionary(EnumText.Of);

    public string? Bot { get; init; }

    public string? Channel { get; init; }

    public string? Outcome { get; init; }

    public string? SilentReason { get; init; }

    public string? Model { get; init; }

    /// <summary>US dollars with a point: <c>0.05</c>.</summary>
    public string? CostFrom { get; init; }

    /// <summary>Milliseconds.</summary>
    public string? DurationFrom { get; init; }

    /// <summary>ISO 8601, UTC unless it says otherwise, or how long ago: <c>90m</c>, <c>24h</c>, <c>7d</c>, <c>4w</c>.</summary>
    public string? From { get; init; }

    /// <summary>As <see cref="From"/>.</summary>
    public string? To { get; init; }

    public string? Text { get; init; }

    /// <summary>Reads it.</summary>
    /// <param name="now">What "ago" counts from.</param>
    /// <param name="fault">What cannot be read, and how to write it; null when all can.</param>
    /// <returns>Null when something cannot be read.</returns>
    public TraceFilter? Parse(DateTimeOffset now, out TraceFilterFault? fault)
    {
        fault = Fault(now);
        return fault is not null
            ? null
            : new TraceFilter(
                NullIfEmpty(Bot),
                NullIfEmpty(Channel),
                NullIfEmpty(Outcome) is { } outcome ? Outcomes[outcome] : null,
                NullIfEmpty(SilentReason),
                NullIfEmpty(Model),
                Dollars(CostFrom),
                Milliseconds(DurationFrom),
                Moment(From, now),
                Moment(To, now),
                NullIfEmpty(Text));
    }

    private TraceFilterFault? Fault(DateTimeOffset now)
    {
        if (NullIfEmpty(Outcome) is { } outcome && !Outcomes.ContainsKey(outcome))
        {
            return new TraceFilterFault("outcome", $"outcome is none of {string.Join(", ", Outcomes.Keys)}.");
        }

        if (NullIfEmpty(CostFrom) is not null && Dollars(CostFrom) is null)
        {
            return new TraceFilterFault("cost_from", "cost_from is an amount in US dollars, like 0.05.");
        }

        if (NullIfEmpty(DurationFrom) is not null && Milliseconds(DurationFrom) is null)
        {
            return new TraceFilterFault("duration_from", "duration_from is a whole number of milliseconds, like 5000.");
        }

        foreach (var (field, text) in ((string, string?)[])[("from", From), ("to", To)])
        {
            if (NullIfEmpty(text) is not null && Moment(text, now) is null)
            {
                return new TraceFilterFault(field, $"{field} is a time like 2026-11-21 or 2026-11-21T08:30Z, or how long ago, like 90m, 24h, 7d or 4w.");
            }
        }

        return Text?.Length > MaxTextLength
            ? new TraceFilterFault("q", $"q has {Text.Length} characters; write at most {MaxTextLength}.")
            : null;
    }

    private static decimal? Dollars(string? text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static int? Milliseconds(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static DateTimeOffset? Moment(string? text, DateTimeOffset now)
    {
        if (NullIfEmpty(text)?.Trim() is not { } written)
        {
            return null;
        }

        if (Units.TryGetValue(written[^1], out var unit)
            && ushort.TryParse(written.AsSpan(..^1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return now - unit(count);
        }

        return IsoTime.Parse(written);
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
