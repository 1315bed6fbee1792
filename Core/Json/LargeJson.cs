using System.Text.Json;
using Platform.Contracts;
using Platform.Contracts.Traces.Document;

namespace Platform.Core.Json;

/// <summary>Reads trace documents with all that JavaScript may have put into them.</summary>
internal static class LargeJson
{
    /// <summary>
    /// Most names and values of a document. A parsed one takes 12 bytes, and two bytes of text are enough to make one; a trace of
    /// ten thousand messages has half a million.
    /// </summary>
    public const int MostTokens = 5_000_000;

    /// <summary>How deep documents may nest.</summary>
    public const int Depth = TraceDocumentJson.MaxDepth;

    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    /// <summary>Parses UTF-8; the caller disposes the document.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    /// <exception cref="InvalidDataException">It has more than <see cref="MostTokens"/>.</exception>
    public static JsonDocument ParseDocument(byte[] bytes) => JsonDocument.Parse(Text(bytes), new JsonDocumentOptions { MaxDepth = Depth });

    /// <summary>Makes UTF-8 text that can be read: without a byte order mark and halves of surrogate pairs.</summary>
    /// <returns>The bytes themselves where there is nothing to fix.</returns>
    /// <exception cref="InvalidDataException">It has more than <see cref="MostTokens"/>.</exception>
    public static ReadOnlyMemory<byte> Text(byte[] bytes)
    {
        var text = bytes.AsSpan().StartsWith(ByteOrderMark) ? bytes.AsMemory(ByteOrderMark.Length) : bytes;
        if (text.Length > MostTokens && HasTooManyTokens(text.Span))
        {
            throw new InvalidDataException($"It has more than {MostTokens} values.");
        }

        return LoneSurrogates.Repair(text);
    }

    /// <summary>Parses UTF-8 into an element with its own memory.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    /// <exception cref="InvalidDataException">It has more than <see cref="MostTokens"/>.</exception>
    public static JsonElement Parse(byte[] bytes)
    {
        using var document = ParseDocument(bytes);
        return document.RootElement.Clone();
    }

    private static bool HasTooManyTokens(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = Depth });
        var tokens = 0;
        while (tokens <= MostTokens && reader.Read())
        {
            tokens++;
        }

        return tokens > MostTokens;
    }
}
