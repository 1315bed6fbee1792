using System.Globalization;
using Platform.ServiceDefaults.Logs;
using Platform.ServiceDefaults.Requests;

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

        var seconds = unit switch
        {
            "ms" => 0.001,
            "" or "s" => 1,
            "m" => 60,
            "h" => 3600,
            _ => throw new FormatException($"'{unit}' is not a unit of time; write ms, s, m or h"),
        };
        return amount * seconds < TimeSpan.MaxValue.TotalSeconds
            ? TimeSpan.FromSeconds(amount * seconds).ToString()
            : throw new FormatException($"'{text}' exceeds the maximum duration");
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

    /// <summary>A whole number of tokens; <c>off</c> is 0.</summary>
    public static string Tokens(string value) => value.Trim() switch
    {
        var text when text.Equals("off", StringComparison.OrdinalIgnoreCase) => "0",
        var text when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) => text,
        var text => throw new FormatException($"'{text}' is not a number of tokens; write a whole number or off"),
    };

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public static string Flag(string value) =>
        bool.TryParse(value, out var flag) ? flag.ToString() : throw new FormatException($"'{value}' is neither true nor false");

    /// <summary>Addresses, networks and <c>container-networks</c>, separated by commas.</summary>
    public static string Proxies(string value) => TrustedProxies.Parse(value) is not null ? value : "";

    private static (string Number, string Unit) SplitUnit(string text)
    {
        var end = text.AsSpan().LastIndexOfAnyInRange('0', '9') + 1;
        return (text[..end], text[end..].Trim().ToLowerInvariant());
    }
}
