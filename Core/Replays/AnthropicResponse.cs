using System.Text.Json;
using Microsoft.Extensions.AI;
using Platform.Core.Json;
using Platform.Core.Models.Calls;
using Platform.Core.Models.Providers;

namespace Platform.Core.Replays;

/// <summary>Responses of Anthropic's messages API, whole or streamed, and those of ChapterX's membrane layer, which differ in the spelling of keys.</summary>
internal static class AnthropicResponse
{
    private const string DataField = "data:";

    // A stream's first events: pings and comments may come before the message.
    private const int MaxHead = 1024;

    /// <summary>Reads a whole message.</summary>
    public static IReadOnlyList<ChatResponseUpdate> Read(JsonElement message)
    {
        var content = LenientJson.Text(message, "content") is { } text
            ? [new TextContent(text)]
            : LenientJson.Items(message, "content").Select(Block).OfType<AIContent>();
        return [.. content.Select(Update), .. End(message, LenientJson.Object(message, "usage"))];
    }

    /// <summary>Returns whether a text is a stream of Anthropic's events.</summary>
    public static bool IsStream(string text) => text.AsSpan().TrimStart().StartsWith("event: message_start", StringComparison.Ordinal) || text.AsSpan(0, Math.Min(text.Length, MaxHead)).Contains("\"type\":\"message_start\"", StringComparison.Ordinal);

    /// <summary>Reads a stream as far as it goes.</summary>
    public static IReadOnlyList<ChatResponseUpdate> ReadStream(string text)
    {
        List<ChatResponseUpdate> updates = [];
        JsonElement started = default;
        foreach (var line in text.EnumerateLines())
        {
            if (!line.StartsWith(DataField, StringComparison.Ordinal)
                || BodyJson.TryParse(System.Text.Encoding.UTF8.GetBytes(line[DataField.Length..].ToString())) is not { } document)
            {
                continue;
            }

            using (document)
            {
                var root = document.RootElement;
                switch (LenientJson.Text(root, "type"))
                {
                    case "message_start":
                        started = LenientJson.Object(LenientJson.Object(root, "message") ?? default, "usage")?.Clone() ?? default;
                        break;
                    case "content_block_delta" when Block(LenientJson.Object(root, "delta") ?? default) is { } content:
                        updates.Add(Update(content));
                        break;
                    case "message_delta":
                        updates.AddRange(End(LenientJson.Object(root, "delta") ?? default, LenientJson.Object(root, "usage"), started));
                        break;
                    case "error":
                        updates.Add(Update(new ErrorContent(ServerMessage.Of(root) ?? "no reason given")));
                        break;
                    default:
                        break;
                }
            }
        }

        return updates;
    }

    private static ChatResponseUpdate Update(AIContent content) => new(ChatRole.Assistant, [content]);

    private static AIContent? Block(JsonElement block) =>
        LenientJson.Text(block, "thinking") is { } thought ? new TextReasoningContent(thought)
        : LenientJson.Text(block, "text") is { } text ? new TextContent(text)
        : null;

    private static IEnumerable<ChatResponseUpdate> End(JsonElement message, JsonElement? usage, JsonElement started = default)
    {
        if (usage is { } counts)
        {
            yield return Update(new UsageContent(Usage(counts, started)));
        }

        if ((LenientJson.Text(message, "stop_reason") ?? LenientJson.Text(message, "stopReason")) is { } reason)
        {
            yield return new ChatResponseUpdate { FinishReason = new ChatFinishReason(reason) };
        }
    }

    private static UsageDetails Usage(JsonElement counts, JsonElement started)
    {
        var details = new UsageDetails
        {
            InputTokenCount = Count("input_tokens", "inputTokens"),
            OutputTokenCount = Count("output_tokens", "outputTokens"),
            CachedInputTokenCount = Count("cache_read_input_tokens", "cacheReadTokens"),
        };
        if (Count("cache_creation_input_tokens", "cacheCreationTokens") is { } written)
        {
            details.AdditionalCounts = new AdditionalPropertiesDictionary<long> { [ModelCall.CacheWriteKey] = written };
        }

        return details;

        long? Count(string name, string spelling) =>
            LenientJson.Number(counts, name) ?? LenientJson.Number(counts, spelling) ?? LenientJson.Number(started, name);
    }
}
