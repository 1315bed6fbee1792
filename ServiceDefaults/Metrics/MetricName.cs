using System.Text;

namespace Platform.ServiceDefaults.Metrics;

/// <summary>
/// An instrument's name and unit in Prometheus' form: snake case, base units, <c>_total</c> on counters.
/// Rules: OpenTelemetry's "Prometheus compatibility" and Prometheus' "Metric and label naming".
/// </summary>
/// <param name="Text">For instance <c>http_server_request_duration_seconds</c>.</param>
/// <param name="Scale">What a measurement is multiplied by to be in the base unit.</param>
internal readonly record struct MetricName(string Text, double Scale)
{
    private static readonly Dictionary<string, (string Word, double Scale)> Units = new(StringComparer.Ordinal)
    {
        ["s"] = ("seconds", 1),
        ["ms"] = ("seconds", 1e-3),
        ["us"] = ("seconds", 1e-6),
        ["ns"] = ("seconds", 1e-9),
        ["min"] = ("seconds", 60),
        ["h"] = ("seconds", 3600),
        ["d"] = ("seconds", 86400),
        ["By"] = ("bytes", 1),
        ["kBy"] = ("bytes", 1e3),
        ["MBy"] = ("bytes", 1e6),
        ["GBy"] = ("bytes", 1e9),
        ["KiBy"] = ("bytes", 1024),
        ["MiBy"] = ("bytes", 1024 * 1024),
        ["GiBy"] = ("bytes", 1024 * 1024 * 1024),
        ["%"] = ("ratio", 0.01),
    };

    private static readonly Dictionary<string, string> PerUnits = new(StringComparer.Ordinal)
    {
        ["s"] = "per_second",
        ["min"] = "per_minute",
        ["h"] = "per_hour",
        ["d"] = "per_day",
    };

    public static MetricName Of(string instrument, string? unit, MetricKind kind)
    {
        var name = Sanitize(instrument);
        var (word, scale) = UnitWord(unit, kind);
        if (kind != MetricKind.Histogram && name.EndsWith("_count", StringComparison.Ordinal))
        {
            // The suffix is reserved for histograms: thread_count becomes threads.
            name = Plural(name[..^"_count".Length]);
        }

        if (kind == MetricKind.Counter && name.EndsWith("_total", StringComparison.Ordinal))
        {
            name = name[..^"_total".Length];
        }

        if (word.Length > 0 && !name.EndsWith("_" + word, StringComparison.Ordinal))
        {
            name += "_" + word;
        }

        return new MetricName(kind == MetricKind.Counter ? name + "_total" : name, scale);
    }

    /// <summary>Letters, digits and single underscores; a leading digit is prefixed.</summary>
    public static string Sanitize(string text)
    {
        var result = new StringBuilder(text.Length + 4);
        foreach (var character in text)
        {
            if (char.IsAsciiLetterOrDigit(character))
            {
                var startsWord = char.IsAsciiLetterUpper(character) && result.Length > 0 && char.IsAsciiLetterLower(result[^1]);
                result.Append(startsWord ? "_" : "").Append(char.ToLowerInvariant(character));
            }
            else if (result.Length > 0 && result[^1] != '_')
            {
                result.Append('_');
            }
        }

        var name = result.ToString().TrimEnd('_');
        return name.Length == 0 ? "unnamed" : char.IsAsciiDigit(name[0]) ? "_" + name : name;
    }

    private static (string Word, double Scale) UnitWord(string? unit, MetricKind kind)
    {
        if (string.IsNullOrEmpty(unit))
        {
            return ("", 1);
        }

        var parts = unit.Split('/', 2);
        var (word, scale) = SimpleUnit(parts[0], kind);
        if (parts.Length == 2 && PerUnits.TryGetValue(parts[1], out var per))
        {
            word = word.Length == 0 ? per : $"{word}_{per}";
        }

        return (word, scale);
    }

    /// <summary>Curly braces are annotations; <c>1</c> is a ratio on a gauge and a plain number elsewhere.</summary>
    private static (string Word, double Scale) SimpleUnit(string unit, MetricKind kind) =>
        Units.TryGetValue(unit, out var known) ? known
        : unit.Length == 0 || unit[0] == '{' ? ("", 1)
        : unit == "1" ? (kind == MetricKind.Gauge ? "ratio" : "", 1)
        : (Sanitize(unit), 1);

    private static string Plural(string name) =>
        name.EndsWith('s') ? name
        : name.EndsWith('y') ? name[..^1] + "ies"
        : name + "s";
}
