using System.Text.Unicode;

namespace Platform.Api.Features.Traces;

/// <summary>Detects the content type of a raw body from its first bytes; only bytes were captured.</summary>
internal static class BodyContentType
{
    /// <param name="body">All of it, or its first bytes.</param>
    /// <param name="isWhole">Whether it is all; else a character may be cut at the end.</param>
    public static string Of(ReadOnlySpan<byte> body, bool isWhole)
    {
        var start = body.TrimStart(" \t\r\n\uFEFF"u8);
        if (start.StartsWith("data:"u8) || start.StartsWith("event:"u8) || start.StartsWith("id:"u8) || start.StartsWith(":"u8))
        {
            return "text/event-stream";
        }

        if (start.StartsWith("{"u8) || start.StartsWith("["u8))
        {
            return "application/json";
        }

        return Utf8.IsValid(isWhole ? body : WithoutCutCharacter(body)) ? "text/plain; charset=utf-8" : "application/octet-stream";
    }

    private static ReadOnlySpan<byte> WithoutCutCharacter(ReadOnlySpan<byte> text)
    {
        // A character has at most three bytes after its first.
        for (var at = text.Length - 1; at >= 0 && at >= text.Length - 4; at--)
        {
            if ((text[at] & 0xC0) != 0x80)
            {
                return text[at] < 0x80 ? text : text[..at];
            }
        }

        return text;
    }
}
