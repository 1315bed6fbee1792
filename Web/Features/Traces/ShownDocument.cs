using System.Text;
using System.Text.Json;
using Platform.Contracts.Traces.Document;
using Platform.Web.Components;

namespace Platform.Web.Features.Traces;

/// <summary>A trace document as a page shows it: texts longer than people or browsers can take are cut. The document itself keeps all of it.</summary>
internal static class ShownDocument
{
    /// <summary>UTF-16 units; five times the longest Discord message.</summary>
    private const int MaxLength = 20_000;

    /// <summary>UTF-16 units of a word; a browser breaks longer ones in time that grows with their square.</summary>
    private const int MaxWord = 1_000;

    /// <summary>From here on scripts need no spaces, and lines may break everywhere.</summary>
    private const char FirstIdeograph = '\u2e80';

    private static readonly TraceDocumentReader Reader = new(text: text => WithShortWords(Format.Truncate(text, MaxLength)));

    /// <summary>Reads a document as the Api gave it.</summary>
    /// <returns>Null when it is no object: then only its JSON can be shown.</returns>
    public static TraceDocument? Read(JsonElement document) => document.ValueKind is JsonValueKind.Object ? Reader.Read(document) : null;

    /// <summary>Names the parts that are of another shape; the page shows them only as JSON.</summary>
    /// <param name="document">A document that could be read.</param>
    public static IReadOnlyList<string> Unread(JsonElement document) => [.. Reader.Unread(document)];

    /// <summary>The id of the message that a message replies to; null when it is no reply.</summary>
    public static string? RepliedId(this RawMessagePart message) => message.ReplyTo switch
    {
        { ValueKind: JsonValueKind.String } id => id.GetString(),
        { ValueKind: JsonValueKind.Object } replied when replied.TryGetProperty("id", out var id) && id.ValueKind is JsonValueKind.String => id.GetString(),
        _ => null,
    };

    private static string WithShortWords(string text)
    {
        if (text.Length <= MaxWord)
        {
            return text;
        }

        var shown = new StringBuilder(text.Length);
        var word = 0;
        foreach (var character in text)
        {
            word = char.IsWhiteSpace(character) || character >= FirstIdeograph ? 0 : word + 1;
            if (word <= MaxWord)
            {
                shown.Append(character);
            }
            else if (word == MaxWord + 1)
            {
                shown.Append('…');
            }
        }

        return shown.ToString();
    }
}
