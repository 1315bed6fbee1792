using System.Text;

namespace Platform.Web.Features.Traces;

/// <summary>Formats a stream of server-sent events for reading.</summary>
internal static class EventText
{
    private const string Data = "data:";

    /// <summary>Indents the JSON of each <c>data:</c> line; other lines are unchanged.</summary>
    public static string Indent(string text)
    {
        var result = new StringBuilder(text.Length * 2);
        foreach (var line in text.Split('\n'))
        {
            var trimmed = line.TrimEnd('\r');
            var json = trimmed.StartsWith(Data, StringComparison.Ordinal) ? Json.TryIndent(trimmed[Data.Length..]) : null;
            result.Append(json is null ? trimmed : $"{Data} {json}").Append('\n');
        }

        return result.ToString();
    }
}
