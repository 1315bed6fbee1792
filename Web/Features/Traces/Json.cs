using System.Text.Encodings.Web;
using System.Text.Json;

namespace Platform.Web.Features.Traces;

/// <summary>Formats JSON for reading.</summary>
internal static class Json
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Indented JSON. The result must be HTML-encoded.</summary>
    public static string Indent(JsonElement element) => JsonSerializer.Serialize(element, Indented);

    /// <summary>A JSON string without unnecessary escapes. The result must be HTML-encoded.</summary>
    public static string Quote(string text) => JsonSerializer.Serialize(text, Indented);

    /// <summary>Indents <paramref name="text"/> if it is valid JSON.</summary>
    /// <returns>Null when it is not.</returns>
    public static string? TryIndent(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return Indent(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
