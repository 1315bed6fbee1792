using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Core.Json;

namespace Platform.Core.Replays;

/// <summary>Takes parts of recorded bodies over into new ones.</summary>
internal static class BodyNode
{
    /// <summary>Copies a value. Of keys that an object has twice the last one counts, as to most who read JSON.</summary>
    public static JsonNode? Of(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var copy = new JsonObject();
                foreach (var member in value.EnumerateObject())
                {
                    copy[member.Name] = Of(member.Value);
                }

                return copy;
            case JsonValueKind.Array:
                return new JsonArray([.. value.EnumerateArray().Select(Of)]);
            case JsonValueKind.Null or JsonValueKind.Undefined:
                return null;
            default:
                return JsonValue.Create(value.Clone());
        }
    }

    /// <summary>The text of a content, plain or in blocks; a block a line.</summary>
    public static string Text(JsonElement parent, string name) => LenientJson.Text(parent, name)
        ?? string.Join('\n', LenientJson.Items(parent, name).Select(block => LenientJson.Text(block, "text") ?? LenientJson.Text(block)).OfType<string>());

    /// <summary>A number with a fraction; null when there is none that is finite.</summary>
    public static float? Real(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            && float.IsFinite((float)value.GetDouble())
            ? (float)value.GetDouble()
            : null;
}
