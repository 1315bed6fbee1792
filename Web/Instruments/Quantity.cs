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

    /// <summary>A duration: <c>27 ms</c>, <c>4.2 s</c>, <c>3 min 20 s</c>.</summary>
    /// <param name="milliseconds">Null when unknown.</param>
    public static string Duration(long? milliseconds) => milliseconds switch
    {
        null => Unknown,
        < 1_000 => string.Create(Culture, $"{milliseconds}\u00a0ms"),
        < 60_000 => string.Create(Culture, $"{milliseconds / 1e3:0.0#}\u00a0s"),
        _ => string.Create(Culture, $"{milliseconds / 60_000}\u00a0min {milliseconds % 60_000 / 1000}\u00a0s"),
    };

    /// <summary>A size: <c>512 B</c>, <c>36.5 kB</c>, <c>1.2 MB</c>.</summary>
    /// <param name="bytes">Null when unknown.</param>
    public static string Size(long? bytes) => bytes switch
    {
        null => Unknown,
        < 1_000 => string.Create(Culture, $"{bytes}\u00a0B"),
        < 1_000_000 => string.Create(Culture, $"{bytes / 1e3:0.0}\u00a0kB"),
        _ => string.Create(Culture, $"{bytes / 1e6:0.0}\u00a0MB"),
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

    /// <summary>A snake_case word of the wire, as people write it.</summary>
    public static string Words(string? value) => value?.Replace('_', ' ') ?? Unknown;

    /// <summary>An enum's value, as people write it.</summary>
    public static string Words<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()).Replace('_', ' ');
}
