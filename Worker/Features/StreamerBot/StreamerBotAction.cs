using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Core.Outbox;

namespace Platform.Worker.Features.StreamerBot;

/// <summary>An event as arguments of a Streamer.bot action, which sees them as its variables.</summary>
internal static class StreamerBotAction
{
    /// <summary>The <c>action</c> of a request: by id if the setting is one, else by name.</summary>
    public static JsonObject Named(string action) =>
        Guid.TryParse(action, out var id) ? new JsonObject { ["id"] = id.ToString() } : new JsonObject { ["name"] = action };

    /// <summary>The <c>args</c>: the event's own fields, the plain values of its data under their names, and the whole as text.</summary>
    public static JsonObject ArgumentsOf(EffectClaim claim)
    {
        var body = JsonElement.Parse(claim.Payload);
        var arguments = new JsonObject();
        foreach (var property in body.GetProperty("data").EnumerateObject())
        {
            if (property.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
            {
                arguments[property.Name] = JsonNode.Parse(property.Value.GetRawText());
            }
        }

        arguments["eventType"] = claim.EventType;
        arguments["eventId"] = claim.DedupeKey;
        arguments["eventJson"] = claim.Payload;
        return arguments;
    }
}
