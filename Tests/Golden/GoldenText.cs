using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Platform.Tests.Golden;

/// <summary>Takes out of an answer what differs from run to run and leaves the rest byte for byte.</summary>
internal static partial class GoldenText
{
    /// <summary>An answer to imported data: ids become numbers in the order of their first appearance, moments of the last day a word.</summary>
    public static string OfImport(string answer)
    {
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        var text = Moment().Replace(answer, match => IsRecent(match.Value) ? "NOW" + match.Groups[1].Value : match.Value);
        return Lines(Id().Replace(Cursor().Replace(text, "$1:\"CURSOR\""), match => NumberOf(match.Value.Replace("-", "", StringComparison.Ordinal))));

        string NumberOf(string id) => ids.TryGetValue(id, out var known) ? known : ids[id] = $"ID-{ids.Count + 1}";
    }

    /// <summary>An answer about a run of the platform itself: without durations, addresses, verdicts and prose as well.</summary>
    public static string OfRun(string answer)
    {
        var text = Number().Replace(answer, "$1:NUMBER");
        text = Text().Replace(text, "$1:\"TEXT\"");
        text = Attribute().Replace(text, "$1VALUE");
        text = Points().Replace(text, "$1:[POINTS]");
        text = Verdicts().Replace(text, "$1:[VERDICTS]");
        return OfImport(Address().Replace(text, "http://ADDRESS"));
    }

    private static bool IsRecent(string moment) =>
        DateTimeOffset.TryParse(moment, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
        && (TimeProvider.System.GetUtcNow() - at).Duration() < TimeSpan.FromHours(25);

    /// <summary>Puts each element of JSON on a line of its own; the tokens stay as they are.</summary>
    private static string Lines(string json)
    {
        var result = new StringBuilder(json.Length * 2);
        var depth = 0;
        foreach (var token in Token().EnumerateMatches(json))
        {
            var text = json.AsSpan(token.Index, token.Length).Trim();
            depth -= text is "}" or "]" ? 1 : 0;
            _ = text is "}" or "]" ? Break().Append(text) : result.Append(text);
            depth += text is "{" or "[" ? 1 : 0;
            _ = text is "{" or "[" or "," ? Break() : result;
        }

        return result.ToString();

        StringBuilder Break() => result.Append('\n').Append(' ', depth);
    }

    [GeneratedRegex(@"\b(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32}|(?<=pan_?[iI]d"":\s?"")[0-9a-f]{16})\b")]
    private static partial Regex Id();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|\+00:00)?")]
    private static partial Regex Moment();

    [GeneratedRegex("""("\w*(?:Ms|_ms|UnixNano|_bytes)"): ?"?-?\d+(?:\.\d+)?"?""")]
    private static partial Regex Number();

    [GeneratedRegex("""("(?:message|detail|error_message|version|worker)"): ?"(?:[^"\\]|\\.)*""" + "\"")]
    private static partial Regex Text();

    [GeneratedRegex("""("(?:points|stalls)"): ?\[[^{}"]*\](?=\s*[,}])""")]
    private static partial Regex Points();

    [GeneratedRegex("""("verdicts"): ?\[[^\[\]]*\]""")]
    private static partial Regex Verdicts();

    [GeneratedRegex("""("next_cursor"): ?"[^"]*""" + "\"")]
    private static partial Regex Cursor();

    [GeneratedRegex("""("key":"(?:platform\.decision\.detail|log\.message|error\.message|exception\.message|server\.port|gen_ai\.response\.time_to_first_chunk)","value":\{"\w+":)(?:"(?:[^"\\]|\\.)*"|[^}"]+)""")]
    private static partial Regex Attribute();

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Address();

    [GeneratedRegex("""
        "(?:[^"\\]|\\.)*"|[{}\[\],]|[^"{}\[\],]+
        """)]
    private static partial Regex Token();
}
