using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Platform.Web.Components;

/// <summary>Formats numbers, units and names. Every page uses these methods, so that a value looks the same everywhere.</summary>
internal static class Format
{
    /// <summary>Shown for unknown values, which are never 0.</summary>
    public const string Unknown = "–";

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>A whole number with thousands separators: <c>5,700</c>.</summary>
    public static string Number(long? value) => value is { } known ? known.ToString("#,0", Culture) : Unknown;

    /// <summary>A short number: <c>950</c>, <c>5.7k</c>, <c>124k</c>, <c>3.1M</c>.</summary>
    public static string Compact(long? value) => value switch
    {
        null => Unknown,
        < 1_000 => Number(value),
        < 99_950 => string.Create(Culture, $"{value / 1e3:0.#}k"),
        < 999_500 => string.Create(Culture, $"{value / 1e3:0}k"),
        < 99_950_000 => string.Create(Culture, $"{value / 1e6:0.#}M"),
        _ => string.Create(Culture, $"{value / 1e6:#,0}M"),
    };

    /// <summary>A decimal number with at most two digits after the point: <c>0.7</c>.</summary>
    public static string Decimal(double? value) => value is { } known ? known.ToString("0.##", Culture) : Unknown;

    /// <summary>A duration in its two largest units: <c>27 ms</c>, <c>4.2 s</c>, <c>3 min 20 s</c>, <c>2 h</c>, <c>3 d 4 h</c>.</summary>
    /// <param name="milliseconds">Null when unknown.</param>
    public static string Duration(long? milliseconds) => milliseconds switch
    {
        null => Unknown,
        < 1_000 => string.Create(Culture, $"{milliseconds}\u00a0ms"),
        < 10_000 => string.Create(Culture, $"{milliseconds / 1e3:0.0#}\u00a0s"),
        < 60_000 => string.Create(Culture, $"{milliseconds / 1e3:0.#}\u00a0s"),
        < 3_600_000 => TwoUnits(milliseconds.Value / 1000, 60, "min", "s"),
        < 86_400_000 => TwoUnits(milliseconds.Value / 60_000, 60, "h", "min"),
        _ => TwoUnits(milliseconds.Value / 3_600_000, 24, "d", "h"),
    };

    /// <summary>A point in time relative to now: <c>just now</c>, <c>3 min ago</c>, <c>in 12 s</c>.</summary>
    /// <param name="age">Negative for the future.</param>
    public static string RelativeTime(TimeSpan age) => age.TotalSeconds switch
    {
        >= 0 and < 2 => "just now",
        < 0 and > -1 => "now",
        < 0 => $"in\u00a0{LargestUnit(-age)}",
        _ => $"{LargestUnit(age)}\u00a0ago",
    };

    /// <summary>When something is due: <c>in 12 s</c>, or <c>due</c> once its time has come.</summary>
    /// <param name="age">Negative for the future.</param>
    public static string DueTime(TimeSpan age) => age.TotalSeconds <= -1 ? RelativeTime(age) : "due";

    /// <summary>Time that has passed: <c>46 s</c>, <c>3 h</c>.</summary>
    /// <param name="age">Negative counts as 0.</param>
    public static string Elapsed(TimeSpan age) => LargestUnit(age < TimeSpan.Zero ? TimeSpan.Zero : age);

    /// <summary>A period in days: <c>1 day</c>, <c>7 days</c>; less than a day or a part of one as a duration.</summary>
    public static string Days(double days) => days >= 1 && double.IsInteger(days) ? Plural((long)days, "day") : Duration((long)(days * 86_400_000));

    /// <summary>A size: <c>512 B</c>, <c>36.5 KiB</c>, <c>1.2 MiB</c>, <c>20.0 GiB</c>.</summary>
    /// <param name="bytes">Null when unknown.</param>
    public static string Bytes(long? bytes) => bytes switch
    {
        null => Unknown,
        < 1L << 10 => string.Create(Culture, $"{bytes}\u00a0B"),
        < 1L << 20 => string.Create(Culture, $"{bytes / 1024.0:0.0}\u00a0KiB"),
        < 1L << 30 => string.Create(Culture, $"{bytes / 1048576.0:0.0}\u00a0MiB"),
        _ => string.Create(Culture, $"{bytes / 1073741824.0:0.0}\u00a0GiB"),
    };

    /// <summary>US dollars; amounts below one cent keep more digits.</summary>
    /// <param name="dollars">Null when the price is unknown.</param>
    public static string Cost(decimal? dollars) => dollars switch
    {
        null => Unknown,
        < 0.01m => string.Create(Culture, $"${dollars:0.00####}"),
        _ => string.Create(Culture, $"${dollars:#,0.00}"),
    };

    /// <summary>Output speed: <c>42.5 tokens/s</c>.</summary>
    public static string TokensPerSecond(double rate) => string.Create(Culture, $"{rate:0.#}\u00a0tokens/s");

    /// <summary>A share, also as an SVG attribute: <c>0%</c> to <c>100%</c>.</summary>
    public static string Percent(double part, double whole) =>
        whole <= 0 ? "0%" : string.Create(Culture, $"{Math.Clamp(part / whole * 100, 0, 100):0.##}%");

    /// <summary>A number with its noun: <c>1 message</c>, <c>2 messages</c>.</summary>
    public static string Plural(long count, string singular, string? plural = null) =>
        $"{Number(count)} {(count == 1 ? singular : plural ?? singular + "s")}";

    /// <summary>Cuts a text that is too long for its place and adds an ellipsis.</summary>
    /// <param name="text">Null stays null.</param>
    /// <param name="length">Maximum in UTF-16 units; a surrogate pair is not split.</param>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Truncate(string? text, int length)
    {
        if (text is null || text.Length <= length)
        {
            return text;
        }

        return string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[length - 1]) ? length - 1 : length), "…");
    }

    /// <summary>A snake_case name with spaces.</summary>
    public static string Words(string? value) => value?.Replace('_', ' ') ?? Unknown;

    /// <summary>An enum value's wire name with spaces.</summary>
    public static string Words<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()).Replace('_', ' ');

    /// <summary>A state of something that is processed in turn. What is called <c>waiting</c> on the wire is shown as <c>queued</c>, <c>dead</c> as <c>dead letter</c>.</summary>
    public static string State<T>(T value)
        where T : struct, Enum => Words(value) switch
        {
            "waiting" => "queued",
            "dead" => "dead letter",
            var words => words,
        };

    private static string TwoUnits(long small, int perLarge, string largeUnit, string smallUnit)
    {
        var (large, rest) = Math.DivRem(small, perLarge);
        return rest == 0
            ? string.Create(Culture, $"{large}\u00a0{largeUnit}")
            : string.Create(Culture, $"{large}\u00a0{largeUnit} {rest}\u00a0{smallUnit}");
    }

    private static string LargestUnit(TimeSpan span) => span.TotalMinutes switch
    {
        < 1 => string.Create(Culture, $"{(int)span.TotalSeconds}\u00a0s"),
        < 60 => string.Create(Culture, $"{(int)span.TotalMinutes}\u00a0min"),
        < 48 * 60 => string.Create(Culture, $"{(int)span.TotalHours}\u00a0h"),
        _ => string.Create(Culture, $"{(int)span.TotalDays}\u00a0days"),
    };
}
