using System.Text.Json;

namespace Platform.Core.Traces.ChapterX;

/// <summary>Reads trace documents with all that JavaScript may have put into them.</summary>
internal static class TraceJson
{
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    // Configurations and tool inputs are free-form and may nest further than the default of 64.
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 512 };

    /// <summary>Parses UTF-8; the caller disposes the document.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static JsonDocument ParseDocument(byte[] bytes)
    {
        var text = bytes.AsSpan().StartsWith(ByteOrderMark) ? bytes.AsMemory(ByteOrderMark.Length) : bytes;
        return JsonDocument.Parse(LoneSurrogates.Mend(text), Deep);
    }

    /// <summary>Parses UTF-8 into an element that lives on its own.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static JsonElement Parse(byte[] bytes)
    {
        using var document = ParseDocument(bytes);
        return document.RootElement.Clone();
    }
}
