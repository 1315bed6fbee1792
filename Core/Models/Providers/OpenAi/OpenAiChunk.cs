using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Platform.Core.Json;
using Platform.Core.Models.Calls;

namespace Platform.Core.Models.Providers.OpenAi;

/// <summary>Reads one event of a stream, or a whole answer of a server that does not stream.</summary>
internal static class OpenAiChunk
{
    /// <summary>Parses what a server sent. Servers that cut text by UTF-16 units send escaped halves of surrogate pairs: they become U+FFFD.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static JsonDocument Parse(string json) => JsonDocument.Parse(LoneSurrogates.Repair(Encoding.UTF8.GetBytes(json)));

    public static ChatResponseUpdate Read(JsonElement chunk)
    {
        var update = new ChatResponseUpdate { Role = ChatRole.Assistant, Contents = [], ResponseId = Text(chunk, "id"), ModelId = Text(chunk, "model") };
        if (Get(chunk, "choices") is { ValueKind: JsonValueKind.Array } choices && choices.GetArrayLength() > 0)
        {
            ReadChoice(choices[0], update);
        }

        if (Get(chunk, "usage") is { ValueKind: JsonValueKind.Object } usage)
        {
            update.Contents.Add(new UsageContent(ReadUsage(usage)));
        }

        return update;
    }

    private static void ReadChoice(JsonElement choice, ChatResponseUpdate update)
    {
        var delta = Get(choice, "delta") ?? Get(choice, "message") ?? choice;
        if ((Text(delta, "reasoning_content") ?? Text(delta, "reasoning")) is { } thought)
        {
            update.Contents.Add(new TextReasoningContent(thought));
        }

        if ((Text(delta, "content") ?? Text(delta, "text") ?? Text(delta, "refusal")) is { } text)
        {
            update.Contents.Add(new TextContent(text));
        }

        update.FinishReason = Text(choice, "finish_reason") switch
        {
            null => null,
            "length" => ChatFinishReason.Length,
            "tool_calls" or "function_call" => ChatFinishReason.ToolCalls,
            "content_filter" => ChatFinishReason.ContentFilter,
            // vLLM says which text stopped it; OpenAI says "stop" for both.
            _ when Text(choice, "stop_reason") is not null => new ChatFinishReason(ModelStops.StopSequence),
            _ => ChatFinishReason.Stop,
        };
    }

    private static UsageDetails ReadUsage(JsonElement usage)
    {
        var prompt = Get(usage, "prompt_tokens_details");
        var details = new UsageDetails
        {
            InputTokenCount = Count(usage, "prompt_tokens"),
            OutputTokenCount = Count(usage, "completion_tokens"),
            CachedInputTokenCount = Count(prompt, "cached_tokens"),
            ReasoningTokenCount = Count(Get(usage, "completion_tokens_details"), "reasoning_tokens"),
        };
        if (Count(prompt, "cache_write_tokens") is { } written)
        {
            details.AdditionalCounts = new AdditionalPropertiesDictionary<long> { [ModelCall.CacheWriteKey] = written };
        }

        return details;
    }

    private static JsonElement? Get(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } parent && parent.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value : null;

    private static string? Text(JsonElement element, string name) =>
        Get(element, name) is { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: > 0 } text ? text : null;

    // Some servers write 12.0.
    private static long? Count(JsonElement? element, string name) =>
        Get(element, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var number) && number is >= 0 and < int.MaxValue ? (long)number : null;
}
