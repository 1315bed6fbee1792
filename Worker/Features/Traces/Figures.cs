using System.Globalization;

namespace Platform.Worker.Features.Traces;

/// <summary>Numbers as people read them in a terminal.</summary>
internal static class Figures
{
    private const string Unknown = "-";

    /// <summary>Below a second in milliseconds, else in seconds.</summary>
    public static string Duration(decimal? milliseconds) => milliseconds switch
    {
        null => Unknown,
        < 1000 => Text($"{milliseconds:0} ms"),
        _ => Text($"{milliseconds / 1000:0.0} s"),
    };

    public static string Dollars(decimal? dollars) => dollars is null ? Unknown : Text($"${dollars:0.0000##}");

    public static string Count(decimal? count) => count is null ? Unknown : Text($"{count:#,0}").Replace(',', ' ');

    /// <summary>UTC.</summary>
    public static string Time(DateTimeOffset time) => Text($"{time.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z");

    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
