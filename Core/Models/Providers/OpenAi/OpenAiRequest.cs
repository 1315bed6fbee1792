using System.Collections;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace Platform.Core.Models.Providers.OpenAi;

/// <summary>Writes the body of <c>/chat/completions</c> and <c>/completions</c>.</summary>
internal static partial class OpenAiRequest
{
    private const string MaxTokens = "max_tokens";
    private const string MaxCompletionTokens = "max_completion_tokens";

    // Bodies are read by people: quotation marks and umlauts stay as they are.
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly HashSet<string> Ours = ["model", "messages", "prompt", "stream", "stream_options"];

    /// <summary>
    /// Provider parameters, and what <c>extra_body</c> holds, go in as they are and win over our sampling settings;
    /// the model, the messages and the streaming stay ours.
    /// </summary>
    public static byte[] Write(IEnumerable<ChatMessage> messages, ChatOptions options, ModelProvider provider, bool isCompletion)
    {
        var body = new JsonObject { ["model"] = options.ModelId };
        if (isCompletion)
        {
            body["prompt"] = string.Concat(messages.Select(message => message.Text));
        }
        else
        {
            body["messages"] = new JsonArray([.. messages.Select(message => new JsonObject { ["role"] = message.Role.Value, ["content"] = message.Text })]);
        }

        Stream(body);
        Set(body, "temperature", options.Temperature);
        Set(body, "top_p", options.TopP);
        Set(body, LimitKey(options.ModelId ?? "", provider), options.MaxOutputTokens);
        Set(body, "stop", options.StopSequences is { Count: > 0 } stops ? stops : null);
        AddParameters(body, options.AdditionalProperties ?? []);
        return JsonSerializer.SerializeToUtf8Bytes(body, Json);
    }

    /// <summary>Sends a whole body, such as a recorded one, to another model: what else it says stays.</summary>
    public static byte[] Address(JsonObject body, ChatOptions options, ModelProvider provider)
    {
        body["model"] = options.ModelId;
        Stream(body);
        var limit = LimitKey(options.ModelId ?? "", provider);
        var other = limit == MaxTokens ? MaxCompletionTokens : MaxTokens;
        if (body.TryGetPropertyValue(other, out var tokens) && !body.ContainsKey(limit))
        {
            body.Remove(other);
            body[limit] = tokens;
        }

        return JsonSerializer.SerializeToUtf8Bytes(body, Json);
    }

    private static void Stream(JsonObject body)
    {
        body["stream"] = true;
        body["stream_options"] = new JsonObject { ["include_usage"] = true };
    }

    private static void AddParameters(JsonObject body, IEnumerable<KeyValuePair<string, object?>> parameters)
    {
        foreach (var (key, value) in parameters)
        {
            if (key == "extra_body" && value is IDictionary extra)
            {
                AddParameters(body, extra.Keys.Cast<object>().Select(name => KeyValuePair.Create(name.ToString() ?? "", extra[name])));
            }
            else if (!Ours.Contains(key))
            {
                // OpenAI refuses both names of the limit together.
                _ = key is MaxCompletionTokens && body.Remove(MaxTokens);
                body[key] = JsonSerializer.SerializeToNode(value, Json);
            }
        }
    }

    private static void Set(JsonObject body, string key, object? value)
    {
        if (value is not null)
        {
            body[key] = JsonSerializer.SerializeToNode(value, Json);
        }
    }

    /// <summary>OpenAI's reasoning models refuse <c>max_tokens</c>; most other servers know nothing else.</summary>
    private static string LimitKey(string model, ModelProvider provider) =>
        provider.ApiBase?.Host is "api.openai.com" && ReasoningModel.IsMatch(model) ? MaxCompletionTokens : MaxTokens;

    [GeneratedRegex(@"^(o\d|gpt-[5-9])")]
    private static partial Regex ReasoningModel { get; }
}
