using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Web.Components;

namespace Platform.Web.Features.Traces.Document;

/// <summary>Reads texts as a page shows them: what is longer than people or browsers take in is cut. The document itself keeps all of it.</summary>
internal sealed class ShownText : JsonConverter<string>
{
    /// <summary>UTF-16 units; five times the longest Discord message.</summary>
    private const int MaxLength = 20_000;

    /// <summary>UTF-16 units of a word; a browser breaks longer ones in time that grows with their square.</summary>
    private const int MaxWord = 1_000;

    /// <summary>From here on scripts need no spaces, and lines may break everywhere.</summary>
    private const char FirstIdeograph = '\u2e80';

    /// <inheritdoc />
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String
            ? WithShortWords(Format.Truncate(reader.GetString(), MaxLength))
            : throw new JsonException($"A text is expected, not {reader.TokenType}.");

    internal static string? WithShortWords(string? text)
    {
        if (text is not { Length: > MaxWord })
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

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
