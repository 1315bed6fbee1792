using System.Text.Json.Nodes;

namespace Platform.Tests.Infrastructure;

/// <summary>OpenAI's response bodies for one request.</summary>
/// <remarks>https://platform.openai.com/docs/api-reference/chat and …/completions.</remarks>
internal sealed class ModelWire(ModelRequest request, bool isChat)
{
    // Any fixed instant does: clients only show it.
    private const long CreatedUnixSeconds = 1_760_000_000;

    private readonly string _id = (isChat ? "chatcmpl-" : "cmpl-") + Guid.NewGuid().ToString("N");

    public JsonObject Whole(ModelReply reply)
    {
        var text = string.Concat(reply.Chunks);
        var choice = new JsonObject { ["index"] = 0 };
        if (isChat)
        {
            choice["message"] = new JsonObject { ["role"] = "assistant", ["content"] = text, ["refusal"] = null };
        }
        else
        {
            choice["text"] = text;
        }

        choice["logprobs"] = null;
        choice["finish_reason"] = reply.FinishReason;
        var body = Envelope(isChat ? "chat.completion" : "text_completion", choice);
        body["usage"] = Usage(reply.Usage);
        return body;
    }

    /// <summary>The first event of a chat stream: it carries the role.</summary>
    public JsonObject? Opening() =>
        isChat ? Chunk(new JsonObject { ["role"] = "assistant", ["content"] = "", ["refusal"] = null }, "", null) : null;

    public JsonObject Token(string text) => Chunk(new JsonObject { ["content"] = text }, text, null);

    public JsonObject Finish(string reason) => Chunk([], "", reason);

    /// <summary>The last event before <c>[DONE]</c>, sent when the request asks for usage.</summary>
    public JsonObject Closing(ModelUsage usage)
    {
        var body = Envelope(ChunkObject);
        body["usage"] = Usage(usage);
        return body;
    }

    public static JsonObject Error(ModelReply reply) => new()
    {
        ["error"] = new JsonObject
        {
            ["message"] = reply.ErrorMessage,
            ["type"] = reply.ErrorType,
            ["param"] = null,
            ["code"] = reply.ErrorCode,
        },
    };

    public static JsonObject Models(IEnumerable<string> models) => new()
    {
        ["object"] = "list",
        ["data"] = new JsonArray([.. models.Select(model => new JsonObject
        {
            ["id"] = model,
            ["object"] = "model",
            ["created"] = CreatedUnixSeconds,
            ["owned_by"] = "tests",
        })]),
    };

    private string ChunkObject => isChat ? "chat.completion.chunk" : "text_completion";

    private JsonObject Chunk(JsonObject delta, string text, string? finishReason)
    {
        var choice = new JsonObject { ["index"] = 0 };
        if (isChat)
        {
            choice["delta"] = delta;
        }
        else
        {
            choice["text"] = text;
        }

        choice["logprobs"] = null;
        choice["finish_reason"] = finishReason;
        var body = Envelope(ChunkObject, choice);
        if (request.WantsUsage)
        {
            body["usage"] = null;
        }

        return body;
    }

    private JsonObject Envelope(string kind, params JsonNode[] choices) => new()
    {
        ["id"] = _id,
        ["object"] = kind,
        ["created"] = CreatedUnixSeconds,
        ["model"] = request.Model,
        ["system_fingerprint"] = "fp_tests",
        ["choices"] = new JsonArray(choices),
    };

    private static JsonObject Usage(ModelUsage usage) => new()
    {
        ["prompt_tokens"] = usage.Prompt,
        ["completion_tokens"] = usage.Completion,
        ["total_tokens"] = usage.Prompt + usage.Completion,
        ["prompt_tokens_details"] = new JsonObject { ["cached_tokens"] = usage.Cached, ["audio_tokens"] = 0 },
        ["completion_tokens_details"] = new JsonObject
        {
            ["reasoning_tokens"] = usage.Reasoning,
            ["audio_tokens"] = 0,
            ["accepted_prediction_tokens"] = 0,
            ["rejected_prediction_tokens"] = 0,
        },
    };
}
