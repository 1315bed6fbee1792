using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Platform.Core.Json;

namespace Platform.Core.Replays;

/// <summary>Requests of Anthropic's messages API, as bodies of <c>/chat/completions</c>: https://docs.anthropic.com/en/api/messages.</summary>
internal static class AnthropicRequest
{
    // OpenAI refuses more.
    private const int MaxStops = 4;

    private const string CacheMarkers = "cache markers";

    private static readonly string[] Marks = ["system", "stop_sequences", "anthropic_version", "top_k", "thinking"];
    private static readonly string[] Blocks = ["tool_use", "tool_result", "image", "document", "thinking"];
    private static readonly string[] Known = ["model", "messages", "system", "stream", "max_tokens", "temperature", "top_p", "stop_sequences", "tools", "metadata"];

    /// <summary>Returns whether a request with messages is Anthropic's.</summary>
    public static bool Is(JsonElement request) =>
        Marks.Any(mark => request.TryGetProperty(mark, out _))
        || LenientJson.Items(request, "messages").SelectMany(message => LenientJson.Items(message, "content"))
            .Any(block => Blocks.Contains(LenientJson.Text(block, "type")));

    /// <summary>Converts it.</summary>
    public static RecordedRequest Read(JsonElement request)
    {
        HashSet<string> leftOut = [.. request.EnumerateObject().Select(member => member.Name).Where(name => !Known.Contains(name)).Select(name => $"{name} (specific to Anthropic)")];
        string[] stops = [.. LenientJson.Items(request, "stop_sequences").Select(stop => LenientJson.Text(stop)).OfType<string>()];
        if (stops.Length > MaxStops)
        {
            leftOut.Add($"{stops.Length - MaxStops} of {stops.Length} stop sequences, which most servers reject");
        }

        var system = BodyNode.Text(request, "system");
        NoteCacheMarkers(LenientJson.Items(request, "system"), leftOut);
        var body = new JsonObject { ["messages"] = Messages(request, system, leftOut) };
        Copy(request, body, "max_tokens");
        Copy(request, body, "temperature");
        Copy(request, body, "top_p");
        if (stops.Length > 0)
        {
            body["stop"] = new JsonArray([.. stops.Take(MaxStops).Select(stop => (JsonNode)stop)]);
        }

        if (Tools(request, leftOut) is { Count: > 0 } tools)
        {
            body["tools"] = tools;
        }

        return new RecordedRequest
        {
            Body = body,
            SystemPrompt = system,
            Messages = [.. LenientJson.Items(request, "messages").Select(message => new ChatMessage(
                LenientJson.Text(message, "role") == "assistant" ? ChatRole.Assistant : ChatRole.User, BodyNode.Text(message, "content")))],
            MaxTokens = LenientJson.Number(request, "max_tokens"),
            StopSequences = stops,
            LeftOut = [.. leftOut],
        };
    }

    private static JsonArray Messages(JsonElement request, string system, HashSet<string> leftOut)
    {
        JsonArray messages = [];
        if (system.Length > 0)
        {
            messages.Add(Message("system", system));
        }

        foreach (var message in LenientJson.Items(request, "messages"))
        {
            var role = LenientJson.Text(message, "role") ?? "user";
            var blocks = LenientJson.Items(message, "content").ToList();
            if (blocks.Count == 0)
            {
                messages.Add(Message(role, BodyNode.Text(message, "content")));
                continue;
            }

            NoteCacheMarkers(blocks, leftOut);
            foreach (var written in Turn(role, blocks, leftOut))
            {
                messages.Add(written);
            }
        }

        return messages;
    }

    /// <summary>One Anthropic message may become several: tool results are messages of their own, before the text.</summary>
    private static IEnumerable<JsonObject> Turn(string role, List<JsonElement> blocks, HashSet<string> leftOut)
    {
        JsonArray parts = [];
        JsonArray calls = [];
        foreach (var block in blocks)
        {
            switch (LenientJson.Text(block, "type"))
            {
                case "text":
                    parts.Add(new JsonObject { ["type"] = "text", ["text"] = LenientJson.Text(block, "text") ?? "" });
                    break;
                case "image" when ImageUrl(block) is { } url:
                    parts.Add(new JsonObject { ["type"] = "image_url", ["image_url"] = new JsonObject { ["url"] = url } });
                    break;
                case "tool_use":
                    calls.Add(ToolCall(block));
                    break;
                case "tool_result":
                    yield return new JsonObject
                    {
                        ["role"] = "tool", ["tool_call_id"] = LenientJson.Text(block, "tool_use_id"), ["content"] = BodyNode.Text(block, "content"),
                    };
                    break;
                case var type:
                    leftOut.Add($"blocks of type {type ?? "unknown"}");
                    break;
            }
        }

        if (parts.Count > 0 || calls.Count > 0)
        {
            var message = new JsonObject { ["role"] = role, ["content"] = Content(parts) };
            if (calls.Count > 0)
            {
                message["tool_calls"] = calls;
            }

            yield return message;
        }
    }

    /// <summary>Text alone is plain: many servers take no parts.</summary>
    private static JsonNode? Content(JsonArray parts) =>
        parts.Count == 0 ? null
        : parts.All(part => (string?)part?["type"] == "text") ? (JsonNode)string.Join('\n', parts.Select(part => (string?)part?["text"]))
        : parts;

    private static string? ImageUrl(JsonElement block)
    {
        var source = LenientJson.Object(block, "source") ?? default;
        return LenientJson.Text(source, "url")
            ?? (LenientJson.Text(source, "data") is { } data ? $"data:{LenientJson.Text(source, "media_type") ?? "image/png"};base64,{data}" : null);
    }

    private static JsonObject ToolCall(JsonElement block) => new()
    {
        ["id"] = LenientJson.Text(block, "id"),
        ["type"] = "function",
        ["function"] = new JsonObject
        {
            ["name"] = LenientJson.Text(block, "name"), ["arguments"] = LenientJson.Object(block, "input")?.GetRawText() ?? "{}",
        },
    };

    private static JsonArray Tools(JsonElement request, HashSet<string> leftOut)
    {
        JsonArray tools = [];
        var offered = LenientJson.Items(request, "tools").ToList();
        NoteCacheMarkers(offered, leftOut);
        foreach (var tool in offered)
        {
            if ((LenientJson.Object(tool, "input_schema") ?? LenientJson.Object(tool, "inputSchema")) is not { } schema)
            {
                leftOut.Add($"the tool {LenientJson.Text(tool, "name") ?? "without a name"}, which Anthropic runs itself");
                continue;
            }

            var function = new JsonObject { ["name"] = LenientJson.Text(tool, "name"), ["parameters"] = BodyNode.Of(schema) };
            if (LenientJson.Text(tool, "description") is { } description)
            {
                function["description"] = description;
            }

            tools.Add(new JsonObject { ["type"] = "function", ["function"] = function });
        }

        return tools;
    }

    private static void NoteCacheMarkers(IEnumerable<JsonElement> blocks, HashSet<string> leftOut)
    {
        if (blocks.Any(block => LenientJson.Object(block, "cache_control") is not null))
        {
            leftOut.Add(CacheMarkers);
        }
    }

    private static JsonObject Message(string role, string content) => new() { ["role"] = role, ["content"] = content };

    private static void Copy(JsonElement request, JsonObject body, string name)
    {
        if (request.TryGetProperty(name, out var value) && BodyNode.Of(value) is { } node)
        {
            body[name] = node;
        }
    }
}
