using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Web.Instruments;

namespace Platform.Web.Features.Traces.Document;

/// <summary>Reads texts as a page shows them: what is longer than people or browsers take in is cut. The document itself keeps all of it.</summary>
internal sealed class ShownText : JsonConverter<string>
{
    /// <summary>UTF-16 units; five times the longest Discord message.</summary>
    private const int MaxLength = 20_000;

    /// <inheritdoc />
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String
            ? Quantity.Start(reader.GetString(), MaxLength)
            : throw new JsonException($"A text is expected, not {reader.TokenType}.");

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
