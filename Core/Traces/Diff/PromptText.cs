using System.Text.Json;
using Platform.Core.Json;

namespace Platform.Core.Traces.Diff;

/// <summary>A request's prompt as lines: each message begins with its role, followed by its text.</summary>
internal static class PromptText
{
    private static readonly string[] SystemKeys = ["system", "systemInstruction", "system_instruction"];
    private static readonly string[] MessageKeys = ["messages", "contents", "input", "prompt"];
    private static readonly string[] ContentKeys = ["content", "parts"];

    /// <summary>What of a request it reads; the rest are parameters.</summary>
    public static IReadOnlyCollection<string> Keys { get; } = [.. SystemKeys, .. MessageKeys];

    /// <summary>Reads requests of Anthropic, OpenAI and Gemini, completions, and those of ChapterX's membrane layer.</summary>
    public static IEnumerable<string> Of(JsonElement request) =>
    [
        .. SystemKeys.SelectMany(key => Turn("system", LenientJson.Value(request, key))),
        .. MessageKeys.SelectMany(key => Messages(LenientJson.Value(request, key))),
    ];

    private static IEnumerable<string> Messages(JsonElement? messages) => messages?.ValueKind switch
    {
        JsonValueKind.Array => messages.Value.EnumerateArray().SelectMany(Message),
        null => [],
        _ => Turn("prompt", messages),
    };

    private static IEnumerable<string> Message(JsonElement message)
    {
        var role = LenientJson.Text(message, "role") ?? LenientJson.Text(message, "participant") ?? LenientJson.Text(message, "type") ?? "message";
        var name = LenientJson.Text(message, "name");
        var who = name is null ? role : $"{role} {name}";
        return
        [
            .. message.ValueKind == JsonValueKind.Object
                ? ContentKeys.SelectMany(key => Turn(who, LenientJson.Value(message, key)))
                : Turn("prompt", message),
            .. LenientJson.Items(message, "tool_calls").SelectMany(call => Turn($"{who} calls", call)),
        ];
    }

    private static IEnumerable<string> Turn(string who, JsonElement? content)
    {
        var lines = content is { } value ? Content(value) : [];
        return lines.Select((line, index) => index == 0 ? $"{who}: {line}" : line);
    }

    private static IEnumerable<string> Content(JsonElement content) => content.ValueKind switch
    {
        JsonValueKind.Null => [],
        JsonValueKind.Array => content.EnumerateArray().SelectMany(Content),
        JsonValueKind.Object => Block(content),
        _ => TextLines.Of(LenientJson.Text(content) ?? content.GetRawText()),
    };

    private static IEnumerable<string> Block(JsonElement block)
    {
        // Gemini's system instruction is an object around parts.
        if (LenientJson.Value(block, "parts") is { } parts)
        {
            return Content(parts);
        }

        var marker = LenientJson.Value(block, "cache_control") is null ? "" : " [cache marker]";
        var text = LenientJson.Text(block, "text");
        var lines = text is null ? [block.GetRawText().ReplaceLineEndings(" ")] : TextLines.Of(text);
        return marker.Length == 0 || lines.Count == 0 ? lines : [.. lines.Take(lines.Count - 1), lines[^1] + marker];
    }
}
