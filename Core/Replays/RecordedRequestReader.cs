using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Platform.Core.Json;
using Platform.Core.Models;

namespace Platform.Core.Replays;

/// <summary>Reads requests of OpenAI's and Anthropic's kind, of ChapterX's membrane layer, and those of the offline model.</summary>
internal static class RecordedRequestReader
{
    /// <summary>Reads a body.</summary>
    /// <param name="body">As it was recorded.</param>
    /// <param name="refusal">Why it cannot be sent again; null when it can.</param>
    /// <returns>Null when it cannot be sent again.</returns>
    public static RecordedRequest? Read(byte[] body, out string? refusal)
    {
        using var document = BodyJson.TryParse(body);
        if (document?.RootElement is not { ValueKind: JsonValueKind.Object } root)
        {
            refusal = "The recorded request is not complete JSON: it was truncated at the size limit, or was damaged when it was recorded.";
            return null;
        }

        var request = Read(root);
        refusal = request is null ? "The recorded request has no messages or prompt in a known format (OpenAI, Anthropic, ChapterX)." : null;
        return request;
    }

    private static RecordedRequest? Read(JsonElement root)
    {
        if (LenientJson.Text(root, "prompt") is { } prompt)
        {
            return Completion(root, prompt);
        }

        if (LenientJson.Count(root, "messages") == 0)
        {
            return null;
        }

        return LenientJson.Object(root, "persona") is { } persona ? Rehearsal(root, persona)
            : LenientJson.Object(root, "config") is { } config ? Membrane(root, config)
            : AnthropicRequest.Is(root) ? AnthropicRequest.Read(root)
            : Chat(root);
    }

    private static RecordedRequest Chat(JsonElement root) => new()
    {
        Body = BodyNode.Of(root) as JsonObject,
        Messages = [.. LenientJson.Items(root, "messages").Select(message => new ChatMessage(
            RoleOf(LenientJson.Text(message, "role")), BodyNode.Text(message, "content")))],
        MaxTokens = Limit(root),
        StopSequences = Stops(root),
    };

    private static RecordedRequest Completion(JsonElement root, string prompt) => new()
    {
        Body = BodyNode.Of(root) as JsonObject,
        IsCompletion = true,
        Messages = [new ChatMessage(ChatRole.User, prompt)],
        MaxTokens = Limit(root),
        StopSequences = Stops(root),
    };

    private static RecordedRequest Rehearsal(JsonElement root, JsonElement persona)
    {
        var handle = LenientJson.Text(persona, "handle") ?? "bot";
        var messages = Named(root, "name", message => RoleOf(LenientJson.Text(message, "role"))).ToList();
        var system = messages.FirstOrDefault(message => message.Role == ChatRole.System);
        return new RecordedRequest
        {
            Persona = new ModelPersona(
                handle,
                messages.FirstOrDefault(message => message.Role == ChatRole.Assistant)?.AuthorName ?? handle,
                LenientJson.Text(persona, "tone"),
                [.. Texts(persona, "interests")],
                [.. Texts(persona, "sayings")]),
            SystemPrompt = system?.Text ?? "",
            Messages = [.. messages.Where(message => message != system)],
            MaxTokens = Limit(root),
            Temperature = BodyNode.Real(root, "temperature"),
            StopSequences = Stops(root),
        };
    }

    private static RecordedRequest Membrane(JsonElement root, JsonElement config)
    {
        var self = LenientJson.Text(root, "assistantParticipant");
        return new RecordedRequest
        {
            SystemPrompt = BodyNode.Text(root, "system"),
            Messages = [.. Named(root, "participant", message => LenientJson.Text(message, "participant") == self ? ChatRole.Assistant : ChatRole.User)],
            MaxTokens = LenientJson.Number(config, "maxTokens"),
            Temperature = BodyNode.Real(config, "temperature"),
            LeftOut = LenientJson.Count(root, "tools") > 0 ? ["tools"] : [],
        };
    }

    private static IEnumerable<ChatMessage> Named(JsonElement root, string name, Func<JsonElement, ChatRole> role) =>
        LenientJson.Items(root, "messages").Select(message => new ChatMessage(role(message), BodyNode.Text(message, "content"))
        {
            AuthorName = LenientJson.Text(message, name),
        });

    private static ChatRole RoleOf(string? role) => role switch
    {
        "system" or "developer" => ChatRole.System,
        "assistant" => ChatRole.Assistant,
        "tool" => ChatRole.Tool,
        _ => ChatRole.User,
    };

    private static int? Limit(JsonElement root) => LenientJson.Number(root, "max_completion_tokens") ?? LenientJson.Number(root, "max_tokens");

    private static IReadOnlyList<string> Stops(JsonElement root) =>
        LenientJson.Text(root, "stop") is { } one ? [one] : [.. Texts(root, "stop")];

    private static IEnumerable<string> Texts(JsonElement parent, string name) =>
        LenientJson.Items(parent, name).Select(item => LenientJson.Text(item)).OfType<string>();
}
