using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Platform.Compose.Output;

/// <summary>Makes nodes of YAML that every reader takes alike: a text that could be anything else is quoted.</summary>
internal static partial class Scalars
{
    public static YamlNode Text(string text) => new YamlScalarNode(text)
    {
        Style = text.Contains('\n', StringComparison.Ordinal) ? ScalarStyle.Literal
            : IsPlain().IsMatch(text) && !IsWord().IsMatch(text) ? ScalarStyle.Plain
            : ScalarStyle.DoubleQuoted,
    };

    public static YamlNode Quoted(string text) => new YamlScalarNode(text) { Style = ScalarStyle.DoubleQuoted };

    public static YamlNode Plain(string text) => new YamlScalarNode(text) { Style = ScalarStyle.Plain };

    public static YamlNode Number(int number) => Plain(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>Null for an empty list.</summary>
    public static YamlNode? List(IReadOnlyCollection<string> texts) => texts.Count == 0 ? null : new YamlSequenceNode(texts.Select(Text));

    /// <summary>Sorted by key, values quoted; null for an empty map.</summary>
    public static YamlMappingNode? Map(IEnumerable<KeyValuePair<string, string>> texts)
    {
        var sorted = texts.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => KeyValuePair.Create(Text(entry.Key), Quoted(entry.Value))).ToList();
        return sorted.Count == 0 ? null : new YamlMappingNode(sorted);
    }

    [GeneratedRegex("""^[A-Za-z./$][A-Za-z0-9./_${}-]*(:[A-Za-z0-9./_${}-]+)*$|^[0-9]+[smhKMG]$""")]
    private static partial Regex IsPlain();

    [GeneratedRegex("^(y|yes|n|no|on|off|true|false|null|~)$", RegexOptions.IgnoreCase)]
    private static partial Regex IsWord();
}
