using System.Globalization;
using Platform.Contracts.Traces;
using Platform.Contracts.Traces.Document;
using Platform.Core.Storage;

namespace Platform.Core.Traces;

/// <summary>Reads the value of a filter by its kind.</summary>
public static class TraceFilterValue
{
    private static readonly Dictionary<char, Func<double, TimeSpan>> Units = new()
    {
        ['m'] = TimeSpan.FromMinutes,
        ['h'] = TimeSpan.FromHours,
        ['d'] = TimeSpan.FromDays,
        ['w'] = weeks => TimeSpan.FromDays(7 * weeks),
    };

    private static readonly Dictionary<string, TraceOutcome> Outcomes = Enum.GetValues<TraceOutcome>().ToDictionary(EnumText.Of);

    /// <summary>Reads a time: ISO 8601, UTC unless it has an offset, or an age: <c>90m</c>, <c>24h</c>, <c>7d</c>, <c>4w</c>.</summary>
    /// <returns>Null when it cannot be read.</returns>
    public static DateTimeOffset? Moment(string text, DateTimeOffset now)
    {
        var written = text.Trim();
        return written.Length > 0 && Units.TryGetValue(written[^1], out var unit)
            && ushort.TryParse(written.AsSpan(..^1), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? now - unit(count)
            : TraceTime.Parse(written);
    }

    /// <summary>Describes how a value is written.</summary>
    public static string Problem(TraceFilterField field) => field.Kind switch
    {
        TraceFilterKind.Outcome => $"{field.Name} must be one of {string.Join(", ", Outcomes.Keys)}.",
        TraceFilterKind.Dollars => $"{field.Name} must be an amount in US dollars, for example 0.05.",
        TraceFilterKind.Number => $"{field.Name} must be a whole number{(field.Unit.Length > 0 ? $" of {field.Unit}" : "")}, for example {field.Example}.",
        TraceFilterKind.Moment => $"{field.Name} must be a time, for example 2026-11-21 or 2026-11-21T08:30Z, or an age, for example 90m, 24h, 7d or 4w.",
        _ => $"{field.Name} is invalid.",
    };

    /// <summary>Reads a value.</summary>
    /// <returns>A text, outcome, decimal, int or moment, as the kind is; null when it cannot be read.</returns>
    internal static object? Read(TraceFilterKind kind, string text, DateTimeOffset now) => kind switch
    {
        TraceFilterKind.Outcome => Outcomes.TryGetValue(text, out var outcome) ? outcome : null,
        TraceFilterKind.Dollars => decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var dollars) ? dollars : null,
        TraceFilterKind.Number => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null,
        TraceFilterKind.Moment => Moment(text, now),
        _ => text,
    };
}
