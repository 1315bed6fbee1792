using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Components;

namespace Platform.Web.Features.Traces.Bodies;

/// <summary>JSON as nested folds. Its text is the JSON again, so that copying it gives what was folded.</summary>
internal sealed class JsonFold
{
    private const int OpenDepth = 3;
    private const int OpenMembers = 40;
    private const int LongText = 2_000;

    private readonly StringBuilder _html = new();
    private readonly int _maxNodes;
    private int _nodes;

    private JsonFold(int maxNodes) => this._maxNodes = maxNodes;

    /// <summary>Writes an element as HTML.</summary>
    /// <param name="element">Any JSON.</param>
    /// <param name="maxNodes">With more values than these it would weigh on the browser.</param>
    /// <returns>Null when there are more.</returns>
    public static MarkupString? Write(JsonElement element, int maxNodes = 20_000)
    {
        var fold = new JsonFold(maxNodes);
        return fold.TryWrite(element, "", 0, isLast: true) ? new MarkupString(fold._html.ToString()) : null;
    }

    private bool TryWrite(JsonElement element, string key, int depth, bool isLast)
    {
        if (++_nodes > _maxNodes)
        {
            return false;
        }

        var comma = isLast ? "" : ",";
        switch (element.ValueKind)
        {
            case JsonValueKind.Object when element.EnumerateObject().Any():
                var members = element.EnumerateObject().ToList();
                Begin(key, '{', members.Count, "key", depth);
                for (var index = 0; index < members.Count; index++)
                {
                    if (!TryWrite(members[index].Value, Key(members[index].Name), depth + 1, index == members.Count - 1))
                    {
                        return false;
                    }
                }

                End('}', comma);
                return true;
            case JsonValueKind.Array when element.GetArrayLength() > 0:
                var length = element.GetArrayLength();
                var position = 0;
                Begin(key, '[', length, "item", depth);
                foreach (var item in element.EnumerateArray())
                {
                    if (!TryWrite(item, "", depth + 1, ++position == length))
                    {
                        return false;
                    }
                }

                End(']', comma);
                return true;
            case JsonValueKind.String when element.GetRawText().Length > LongText:
                _html.Append("<details class=\"json-fold\"><summary data-size=\"").Append(Components.Format.Plural(element.GetRawText().Length, "character"))
                    .Append("\">").Append(key).Append("</summary><span class=\"json-text\">").Append(Encode(Text(element))).Append("</span>").Append(comma).Append("</details>\n");
                return true;
            default:
                _html.Append("<div>").Append(key).Append("<span class=\"").Append(Class(element)).Append("\">").Append(Encode(Text(element))).Append("</span>").Append(comma).Append("</div>\n");
                return true;
        }
    }

    private void Begin(string key, char bracket, int count, string noun, int depth) => _html
        .Append("<details class=\"json-fold\"").Append(depth < OpenDepth && (depth == 0 || count <= OpenMembers) ? " open" : "").Append("><summary data-size=\"")
        .Append(Components.Format.Plural(count, noun)).Append("\">").Append(key).Append(bracket).Append("</summary><div class=\"json-inner\">");

    private void End(char bracket, string comma) => _html.Append("</div>").Append(bracket).Append(comma).Append("</details>\n");

    private static string Key(string name) => $"<span class=\"json-key\">{Encode(Json.Quote(name))}</span>: ";

    /// <summary>Text with its readable characters as they are; everything else as it was written.</summary>
    private static string Text(JsonElement element) =>
        element.ValueKind is JsonValueKind.String ? Json.Quote(element.GetString() ?? "") : element.GetRawText();

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);

    private static string Class(JsonElement element) => element.ValueKind is JsonValueKind.String ? "json-text" : "json-value";
}
