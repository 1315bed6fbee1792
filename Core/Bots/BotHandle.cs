using System.Text;
using System.Text.RegularExpressions;

namespace Platform.Core.Bots;

/// <summary>The name by which a bot is mentioned: lower case, without <c>@</c>.</summary>
public static partial class BotHandle
{
    /// <summary>No handle may be longer, in characters.</summary>
    public const int MaxLength = 64;

    /// <summary>Latin letters without their marks; the hosts run without ICU, which would know them.</summary>
    private static readonly Dictionary<char, char> Plain = new[]
    {
        "aàáâãäåāăą", "cçćĉċč", "dðďđ", "eèéêëēĕėęě", "gĝğġģ", "hĥħ", "iìíîïĩīĭįı", "jĵ", "kķ", "lĺļľł",
        "nñńņň", "oòóôõöøōŏő", "rŕŗř", "sśŝşšș", "tţťŧț", "uùúûüũūŭůűų", "wŵ", "yýÿŷ", "zźżž",
    }.SelectMany(letters => letters.Skip(1), (letters, marked) => (letters[0], marked)).ToDictionary(pair => pair.marked, pair => pair.Item1);

    private static readonly HashSet<string> Reserved = ["you", "everyone", "here", "all", "system"];

    /// <summary>True for letters a–z, digits, <c>-</c> and <c>_</c>, beginning with a letter or digit.</summary>
    /// <param name="handle">The candidate.</param>
    public static bool IsValid(string handle) => Form().IsMatch(handle);

    /// <summary>True for reserved names, such as <c>you</c>.</summary>
    /// <param name="handle">A valid handle.</param>
    public static bool IsReserved(string handle) => Reserved.Contains(handle);

    /// <summary>Makes a handle of a name: <c>Old Tom's Café</c> becomes <c>old-toms-cafe</c>.</summary>
    /// <param name="name">What people read.</param>
    /// <returns>Empty when the name has no letter or digit of the Latin alphabet.</returns>
    public static string FromName(string name)
    {
        var result = new StringBuilder(name.Length);
        foreach (var written in name.ToLowerInvariant())
        {
            var letter = Plain.GetValueOrDefault(written, written);
            if (char.IsAsciiLetterOrDigit(letter) || letter is '_')
            {
                result.Append(letter);
            }
            else if ((char.IsWhiteSpace(letter) || letter is '-' or '.' or '/') && result.Length > 0 && result[^1] is not '-')
            {
                result.Append('-');
            }
        }

        var handle = result.ToString().Trim('-', '_');
        return handle.Length > MaxLength ? handle[..MaxLength].TrimEnd('-', '_') : handle;
    }

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9_-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
