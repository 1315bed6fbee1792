using System.Text.Json;
using Microsoft.Extensions.AI;
using Platform.Contracts;
using Platform.Core.Models.Calls;

namespace Platform.Core.Models.Providers.OpenAi;

/// <summary>Reads one event of a stream, or a whole answer of a server that does not stream.</summary>
internal static class OpenAiChunk
{
    private static readonly string[] ThoughtNames = ["reasoning_content", "reasoning", "thinking", "reasoning_details"];
    private static readonly string[] TextNames = ["content", "text", "refusal"];
    private static readonly string[] ThoughtTypes = ["thinking", "reasoning", "thought"];
    private static readonly string[] PartNames = ["text", "thinking", "reasoning", "summary", "content", "refusal"];
    private static readonly string[] CodeNames = ["code", "status", "status_code", "statusCode"];
    private static readonly string[] MessageNames = ["detail", "error_msg", "error_message", "errorMessage", "error_code", "errorCode", "errcode"];

    /// <summary>Reads what a chunk adds to the answer.</summary>
    public static ChatResponseUpdate Read(JsonElement chunk)
    {
        var update = new ChatResponseUpdate { Role = ChatRole.Assistant, Contents = [], ResponseId = Text(chunk, "id"), ModelId = Text(chunk, "model") };
        var choice = Choice(chunk);
        if (choice is { } first)
        {
            ReadChoice(first, update);
        }

        // Moonshot counts in the choice, Groq in a part of its own.
        if ((Object(chunk, "usage") ?? Object(choice, "usage") ?? Object(Object(chunk, "x_groq"), "usage")) is { } usage)
        {
            update.Contents.Add(new UsageContent(ReadUsage(usage)));
        }

        return update;
    }

    /// <summary>Whether a chunk is part of an answer.</summary>
    public static bool HasChoice(JsonElement chunk) => Choice(chunk) is not null;

    /// <summary>Whether a chunk is a whole answer: such a one needs no finish reason.</summary>
    public static bool IsWhole(JsonElement chunk) => Choice(chunk) is { } choice && Get(choice, "delta") is null && Object(choice, "message") is not null;

    /// <summary>
    /// Finds the error that a chunk reports: below <c>error</c> or <c>errors</c>, there or in its choice, or the chunk itself, as older versions of
    /// vLLM, FastAPI and MiniMax write it.
    /// </summary>
    public static bool TryGetError(JsonElement chunk, out JsonElement error)
    {
        if (ServerMessage.Has(chunk, "error", out error) || ServerMessage.Has(chunk, "errors", out error)
            || (Choice(chunk) is { } choice && ServerMessage.Has(choice, "error", out error)))
        {
            return true;
        }

        if (Object(chunk, "base_resp") is { } status && ServerMessage.Has(status, "status_code", out _))
        {
            error = status;
            return true;
        }

        error = chunk;
        return Choice(chunk) is null && Object(chunk, "usage") is null
            && (Text(chunk, "object") is "error" || Text(chunk, "type") is "error" || Text(chunk, "status") is "error" or "failed" or "failure"
                || Get(chunk, "success") is { ValueKind: JsonValueKind.False }
                || MessageNames.Any(name => ServerMessage.Has(chunk, name, out _))
                || StatusOf(chunk) is not null);
    }

    /// <summary>The HTTP status that an error names; null when it names none.</summary>
    public static int? StatusOf(JsonElement error)
    {
        foreach (var name in CodeNames)
        {
            if (Get(error, name) is { } code
                && int.TryParse(code.ValueKind is JsonValueKind.String ? LoneSurrogates.Read(code) : code.GetRawText(), out var number) && number is >= 400 and < 600)
            {
                return number;
            }
        }

        return null;
    }

    private static void ReadChoice(JsonElement choice, ChatResponseUpdate update)
    {
        var delta = Get(choice, "delta") ?? Get(choice, "message") ?? choice;
        AddFirst(delta, ThoughtNames, isThought: true, update.Contents);
        AddFirst(delta, TextNames, isThought: false, update.Contents);
        update.FinishReason = OpenAiFinish.Read(Text(choice, "finish_reason"));

        // vLLM says which text stopped it; OpenAI says "stop" for both.
        if (update.FinishReason == ChatFinishReason.Stop && Text(choice, "stop_reason") is not null)
        {
            update.FinishReason = new ChatFinishReason(ModelStops.StopSequence);
        }
    }

    /// <summary>Adds the first member that holds text: some servers write the same under several names.</summary>
    private static void AddFirst(JsonElement parent, string[] names, bool isThought, IList<AIContent> contents)
    {
        var before = contents.Count;
        foreach (var name in names)
        {
            if (contents.Count == before && Get(parent, name) is { } value)
            {
                Add(value, isThought, contents);
            }
        }
    }

    /// <summary>A text, a part, or a list of them.</summary>
    private static void Add(JsonElement content, bool isThought, IList<AIContent> contents)
    {
        switch (content.ValueKind)
        {
            case JsonValueKind.String when LoneSurrogates.Read(content) is { Length: > 0 } text:
                contents.Add(isThought ? new TextReasoningContent(text) : new TextContent(text));
                break;
            case JsonValueKind.Array:
                foreach (var part in content.EnumerateArray())
                {
                    Add(part, isThought, contents);
                }

                break;
            case JsonValueKind.Object:
                var type = Text(content, "type") ?? "";
                AddFirst(content, PartNames, isThought || ThoughtTypes.Any(name => type.StartsWith(name, StringComparison.Ordinal)) || Get(content, "thought") is { ValueKind: JsonValueKind.True }, contents);
                break;
            default:
                break;
        }
    }

    private static UsageDetails ReadUsage(JsonElement usage)
    {
        var prompt = Object(usage, "prompt_tokens_details");
        var details = new UsageDetails
        {
            InputTokenCount = Count(usage, "prompt_tokens") ?? Count(usage, "input_tokens"),
            OutputTokenCount = Count(usage, "completion_tokens") ?? Count(usage, "output_tokens"),
            CachedInputTokenCount = Count(prompt, "cached_tokens"),
            ReasoningTokenCount = Count(Object(usage, "completion_tokens_details"), "reasoning_tokens"),
        };
        if (Count(prompt, "cache_write_tokens") is { } written)
        {
            details.AdditionalCounts = new AdditionalPropertiesDictionary<long> { [ModelCall.CacheWriteKey] = written };
        }

        return details;
    }

    private static JsonElement? Choice(JsonElement chunk) =>
        Get(chunk, "choices") is { ValueKind: JsonValueKind.Array } choices && choices.GetArrayLength() > 0 && choices[0].ValueKind is JsonValueKind.Object ? choices[0] : null;

    private static JsonElement? Object(JsonElement? element, string name) => Get(element, name) is { ValueKind: JsonValueKind.Object } value ? value : null;

    private static JsonElement? Get(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } parent && parent.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value : null;

    private static string? Text(JsonElement element, string name) =>
        Get(element, name) is { ValueKind: JsonValueKind.String } value && LoneSurrogates.Read(value) is { Length: > 0 } text ? text : null;

    // Some servers write 12.0.
    private static long? Count(JsonElement? element, string name) =>
        Get(element, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var number) && number is >= 0 and < int.MaxValue ? (long)number : null;
}
