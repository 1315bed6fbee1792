using System.Text.Json;
using System.Text.Unicode;

namespace Platform.Core.Json;

/// <summary>Reads raw bodies, which may be JSON, streams or anything else.</summary>
internal static class BodyJson
{
    /// <summary>Parses a body; the caller disposes the document.</summary>
    /// <returns>Null when there is none, or it is not JSON that can be held in memory.</returns>
    public static JsonDocument? TryParse(byte[]? body)
    {
        if (body is null || !Utf8.IsValid(body))
        {
            return null;
        }

        try
        {
            return LargeJson.ParseDocument(body);
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException)
        {
            return null;
        }
    }
}
