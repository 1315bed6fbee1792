using System.Globalization;
using System.Text;

namespace Platform.ServiceDefaults.Logs;

/// <summary>
/// Text as it may stand in a log or a terminal: control characters could rewrite what a terminal shows, and bidirectional ones (Unicode UAX #9) the
/// order in which a line is read. They become <c>\u202E</c>.
/// </summary>
public static class LogText
{
    /// <summary>Escapes them.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="keepsLines">Whether line ends and tabs stay, as in a stack trace.</param>
    public static string Escape(string text, bool keepsLines = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        StringBuilder? escaped = null;
        for (var at = 0; at < text.Length; at++)
        {
            var unit = text[at];
            if (IsUnsafe(unit) && !(keepsLines && (unit is '\n' or '\r' or '\t')))
            {
                escaped ??= new StringBuilder(text, 0, at, text.Length + 16);
                escaped.Append(unit switch
                {
                    '\n' => "\\n",
                    '\r' => "\\r",
                    '\t' => "\\t",
                    _ => $"\\u{((int)unit).ToString("X4", CultureInfo.InvariantCulture)}",
                });
            }
            else
            {
                escaped?.Append(unit);
            }
        }

        return escaped?.ToString() ?? text;
    }

    /// <summary>Whether it is a control character, a bidirectional one, or a line or paragraph separator.</summary>
    public static bool IsUnsafe(char unit) =>
        char.IsControl(unit) || unit is '\u061C' or '\u200E' or '\u200F' or '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
