using System.Text.Unicode;

namespace Platform.Api.Features.Traces;

/// <summary>Detects the content type of a raw body from its first bytes; only bytes were captured.</summary>
internal static class BodyContentType
{
    public static string Of(ReadOnlySpan<byte> body)
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

        return Utf8.IsValid(body) ? "text/plain; charset=utf-8" : "application/octet-stream";
    }
}
