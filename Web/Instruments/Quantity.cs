using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Platform.Web.Instruments;

/// <summary>How numbers with a unit are written on a page.</summary>
internal static class Quantity
{
    /// <summary>Unknown values are shown as this, never as 0.</summary>
    public const string Unknown = "–";

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>Digits grouped by thin spaces.</summary>
    public static string Count(long? value) =>
        value is { } known ? known.ToString("#,0", Culture).Replace(',', '\u202f') : Unknown;

    /// <summary>Three significant digits: <c>950</c>, <c>1.24k</c>, <c>3.1M</c>.</summary>
    public static string Short(long? value) => value switch
    {
        null => Unknown,
        < 1_000 => Count(value),
        < 1_000_000 => string.Create(Culture, $"{value / 1e3:0.##}k"),
        _ => string.Create(Culture, $"{value / 1e6:0.##}M"),
    };

    /// <summary>A duration: <c>27 ms</c>, <c>4.2 s</c>, <c>3 min 20 s</c>, <c>2 h 5 min</c>, <c>3 d 4 h</c>.</summary>
    /// <param name="milliseconds">Null when unknown.</param>
    public static string Duration(long? milliseconds) => milliseconds switch
    {
        null => Unknown,
        < 1_000 => string.Create(Culture, $"{milliseconds}\u00a0ms"),
        < 60_000 => string.Create(Culture, $"{milliseconds / 1e3:0.0#}\u00a0s"),
        < 3_600_000 => string.Create(Culture, $"{milliseconds / 60_000}\u00a0min {milliseconds % 60_000 / 1000}\u00a0s"),
        < 86_400_000 => string.Create(Culture, $"{milliseconds / 3_600_000}\u00a0h {milliseconds % 3_600_000 / 60_000}\u00a0min"),
        _ => string.Create(Culture, $"{milliseconds / 86_400_000}\u00a0d {milliseconds % 86_400_000 / 3_600_000}\u00a0h"),
    };

    /// <summary>How long ago a moment was, or how far off it is: <c>just now</c>, <c>3 min ago</c>, <c>in 12 s</c>.</summary>
    /// <param name="age">Negative for a moment to come.</param>
    public static string Age(TimeSpan age) => age.TotalSeconds switch
    {
        >= 0 and < 2 => "just now",
        < 0 and > -1 => "now",
        < 0 => $"in\u00a0{Rounded(-age)}",
        _ => $"{Rounded(age)}\u00a0ago",
    };

    /// <summary>A size: <c>512 B</c>, <c>36.5 kB</c>, <c>1.2 MB</c>, <c>21.5 GB</c>.</summary>
    /// <param name="bytes">Null when unknown.</param>
    public static string Size(long? bytes) => bytes switch
    {
        null => Unknown,
        < 1_000 => string.Create(Culture, $"{bytes}\u00a0B"),
        < 1_000_000 => string.Create(Culture, $"{bytes / 1e3:0.0}\u00a0kB"),
        < 1_000_000_000 => string.Create(Culture, $"{bytes / 1e6:0.0}\u00a0MB"),
        _ => string.Create(Culture, $"{bytes / 1e9:0.0#}\u00a0GB"),
    };

    /// <summary>US dollars; small amounts keep two significant digits.</summary>
    /// <param name="dollars">Null when the price is unknown.</param>
    public static string Money(decimal? dollars) => dollars switch
    {
        null => Unknown,
        < 0.01m => string.Create(Culture, $"${dollars:0.00####}"),
        _ => string.Create(Culture, $"${dollars:0.00}"),
    };

    /// <summary>A share for an SVG attribute, 0 to 100.</summary>
    public static string Percent(double part, double whole) =>
        whole <= 0 ? "0%" : string.Create(Culture, $"{Math.Clamp(part / whole * 100, 0, 100):0.##}%");

    /// <summary>A noun with its number: <c>1 message</c>, <c>2 messages</c>.</summary>
    public static string Of(long count, string singular, string? plural = null) =>
        $"{Count(count)} {(count == 1 ? singular : plural ?? singular + "s")}";

    /// <summary>The beginning of a text that is longer than a page has room for; what is cut shows as an ellipsis.</summary>
    /// <param name="text">Null stays null.</param>
    /// <param name="length">Most UTF-16 units; a pair of them is not torn apart.</param>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Start(string? text, int length)
    {
        if (text is null || text.Length <= length)
        {
            return text;
        }

        return string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[length - 1]) ? length - 1 : length), "…");
    }

    /// <summary>A snake_case word of the wire, as people write it.</summary>
    public static string Words(string? value) => value?.Replace('_', ' ') ?? Unknown;

    /// <summary>An enum's value, as people write it.</summary>
    public static string Words<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()).Replace('_', ' ');

    private static string Rounded(TimeSpan span) => span.TotalMinutes switch
    {
        < 1 => string.Create(Culture, $"{(int)span.TotalSeconds}\u00a0s"),
        < 60 => string.Create(Culture, $"{(int)span.TotalMinutes}\u00a0min"),
        < 48 * 60 => string.Create(Culture, $"{(int)span.TotalHours}\u00a0h"),
        _ => string.Create(Culture, $"{(int)span.TotalDays}\u00a0days"),
    };
}
