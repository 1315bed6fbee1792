using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Platform.Core.Json;
using Platform.Core.Models;
using Platform.Core.Models.Calls;
using Platform.Core.Models.Providers;
using Platform.Core.Models.Providers.OpenAi;

namespace Platform.Core.Replays;

/// <summary>Parses a recorded response like a live one.</summary>
internal static class RecordedResponse
{
    private static readonly ModelProvider Nobody = new() { Name = "recorded", Protocol = OpenAiProvider.Key, ApiBase = new Uri("http://recorded.invalid/v1") };

    /// <summary>A client whose one call is answered with the response; it reaches no network. The caller disposes it.</summary>
    /// <param name="response">As it was recorded.</param>
    /// <param name="isCompletion">True when it answers a prompt instead of messages.</param>
    /// <param name="time">For waits that a server asks for as a date.</param>
    public static IChatClient Client(byte[] response, bool isCompletion, TimeProvider time)
    {
        using var document = BodyJson.TryParse(response);
        if (document?.RootElement is { ValueKind: JsonValueKind.Object } root && LenientJson.Count(root, "choices") == 0 && Has(root, "content"))
        {
            return new RecordedChatClient(AnthropicResponse.Read(root));
        }

        var events = document is null ? Encoding.UTF8.GetString(response) : "";
        return AnthropicResponse.IsStream(events)
            ? new RecordedChatClient(AnthropicResponse.ReadStream(events))
            : new OpenAiChatClient(
                Nobody, Nobody.Name, isCompletion, new BodyCapture(0, KeyMask.None), new HttpClient(new RecordedHandler(response, isStream: document is null)), time);
    }

    private static bool Has(JsonElement root, string name) => root.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Array or JsonValueKind.String;
}
