using System.Globalization;
using Platform.ServiceDefaults.Logs;

namespace Platform.ServiceDefaults.Settings;

/// <summary>Reads values as people write them in an environment file.</summary>
internal static class SettingValues
{
    /// <summary>A bare number is seconds; <c>1500ms</c>, <c>30s</c>, <c>5m</c>, <c>2h</c> and <c>00:00:30</c> are read too.</summary>
    public static string Duration(string value)
    {
        var text = value.Trim();
        var (number, unit) = SplitUnit(text);
        if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
        {
            return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) && text.Contains(':')
                ? span.ToString()
                : throw new FormatException($"'{text}' is not a duration; write seconds (30) or a unit (1500ms, 30s, 5m, 2h)");
        }

        var result = unit switch
        {
            "ms" => TimeSpan.FromMilliseconds(amount),
            "" or "s" => TimeSpan.FromSeconds(amount),
            "m" => TimeSpan.FromMinutes(amount),
            "h" => TimeSpan.FromHours(amount),
            _ => throw new FormatException($"'{unit}' is not a unit of time; write ms, s, m or h"),
        };
        return result.ToString();
    }

    /// <summary>The names of guides (debug, info, warn, error) and those of .NET.</summary>
    public static string LogLevel(string value) => value.Trim().ToLowerInvariant() switch
    {
        "trace" or "verbose" => nameof(Microsoft.Extensions.Logging.LogLevel.Trace),
        "debug" => nameof(Microsoft.Extensions.Logging.LogLevel.Debug),
        "info" or "information" => nameof(Microsoft.Extensions.Logging.LogLevel.Information),
        "warn" or "warning" => nameof(Microsoft.Extensions.Logging.LogLevel.Warning),
        "error" => nameof(Microsoft.Extensions.Logging.LogLevel.Error),
        "critical" or "fatal" => nameof(Microsoft.Extensions.Logging.LogLevel.Critical),
        "none" or "off" => nameof(Microsoft.Extensions.Logging.LogLevel.None),
        _ => throw new FormatException($"'{value}' is not a level; write debug, info, warn or error"),
    };

    /// <summary><c>json</c> or <c>text</c>.</summary>
    public static string LogFormat(string value) => value.Trim().ToLowerInvariant() switch
    {
        "json" => JsonLineFormatter.FormatterName,
        "text" => TextLineFormatter.FormatterName,
        _ => throw new FormatException($"'{value}' is not a log format; write json or text"),
    };

    private static (string Number, string Unit) SplitUnit(string text)
    {
        var end = text.AsSpan().LastIndexOfAnyInRange('0', '9') + 1;
        return (text[..end], text[end..].Trim().ToLowerInvariant());
    }
}
