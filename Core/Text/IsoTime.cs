using System.Globalization;

namespace Platform.Core.Text;

/// <summary>Times whose parts may be anything that a foreign file holds.</summary>
internal static class IsoTime
{
    /// <summary>A moment later, or the last one that there is.</summary>
    /// <param name="start">UTC.</param>
    /// <param name="milliseconds">Null and less than 0 count as 0.</param>
    public static DateTimeOffset After(DateTimeOffset start, int? milliseconds)
    {
        var later = TimeSpan.FromMilliseconds(Math.Max(0, milliseconds ?? 0));
        return DateTimeOffset.MaxValue - start < later ? DateTimeOffset.MaxValue : start + later;
    }

    /// <summary>Reads ISO 8601: a date with or without a time, UTC unless it says otherwise.</summary>
    /// <returns>Null for anything else: "12:30" would be today's, and "3.7" a day of March.</returns>
    public static DateTimeOffset? Parse(string? text) =>
        text is [_, _, _, _, '-', ..]
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
            ? instant
            : null;
}
