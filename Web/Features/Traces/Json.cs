using System.Text.Encodings.Web;
using System.Text.Json;

namespace Platform.Web.Features.Traces;

/// <summary>JSON as people read it.</summary>
internal static class Json
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One member a line. Only for text that is encoded as HTML afterwards.</summary>
    public static string Indent(JsonElement element) => JsonSerializer.Serialize(element, Indented);

    /// <summary>A text as a JSON string, with its readable characters as they are. Only for text that is encoded as HTML afterwards.</summary>
    public static string Quote(string text) => JsonSerializer.Serialize(text, Indented);

    /// <summary>Indents <paramref name="text"/> if it is JSON.</summary>
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
