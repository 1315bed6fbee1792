using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Contracts;
using Platform.Contracts.Traces;
using Platform.Core.Json;

namespace Platform.Core.Models;

/// <summary>
/// Prompt and answer of a model call, in the JSON of the GenAI conventions: messages of <c>{role, parts: [{type, content}]}</c>. Null where nothing is known.
/// </summary>
internal sealed record GenAiContent(string? SystemInstructions, string? InputMessages, string? OutputMessages, string? ToolDefinitions)
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = WireJson.MaxDepth };

    /// <summary>Reads raw bodies.</summary>
    /// <param name="request">Null when it is not stored.</param>
    /// <param name="response">Null when it is not stored.</param>
    /// <param name="said">The answer's text, for responses that are not JSON, such as streams.</param>
    /// <param name="stopReason">Why the model stopped.</param>
    public static GenAiContent Of(byte[]? request, byte[]? response, string? said, string? stopReason)
    {
        using var asked = BodyJson.TryParse(request);
        using var answered = BodyJson.TryParse(response);
        var root = asked?.RootElement ?? default;
        List<JsonElement> messages = [.. LenientJson.Items(root, "messages"), .. LenientJson.Items(root, "contents")];
        List<JsonElement> instructions = [.. messages.TakeWhile(message => LenientJson.Text(message, "role") is "system" or "developer")];
        return new GenAiContent(
            Text([.. Parts(LenientJson.Value(root, "system") ?? LenientJson.Value(root, "systemInstruction")), .. instructions.SelectMany(Parts)]),
            Text([.. Messages(messages.Skip(instructions.Count), LenientJson.Text(root, "prompt"))]),
            Text([.. Output(answered?.RootElement ?? default, said, stopReason)]),
            LenientJson.Value(root, "tools") is { ValueKind: JsonValueKind.Array } tools ? tools.GetRawText() : null);
    }

    private static IEnumerable<JsonNode> Messages(IEnumerable<JsonElement> messages, string? prompt)
    {
        foreach (var message in messages)
        {
            JsonArray parts = [.. Parts(message), .. ToolCalls(message)];
            var written = new JsonObject { ["role"] = LenientJson.Text(message, "role") ?? "user", ["parts"] = parts };
            if ((LenientJson.Text(message, "name") ?? LenientJson.Text(message, "participant")) is { } name)
            {
                written["name"] = name;
            }

            yield return written;
        }

        if (prompt is not null)
        {
            yield return new JsonObject { ["role"] = "user", ["parts"] = new JsonArray(Part("text", prompt)) };
        }
    }

    private static IEnumerable<JsonNode> Output(JsonElement response, string? said, string? stopReason)
    {
        var choices = LenientJson.Items(response, "choices").Select(choice => LenientJson.Value(choice, "message")).OfType<JsonElement>().ToList();
        JsonElement[] messages = choices.Count > 0 ? [.. choices] : response.ValueKind == JsonValueKind.Object ? [response] : [];
        foreach (var message in messages)
        {
            JsonArray parts = [.. Answer(LenientJson.Value(message, "content")), .. ToolCalls(message)];
            if (parts.Count > 0)
            {
                yield return Answer(parts, stopReason);
                said = null;
            }
        }

        if (!string.IsNullOrEmpty(said))
        {
            yield return Answer([Part("text", said)], stopReason);
        }
    }

    private static JsonObject Answer(JsonArray parts, string? stopReason) =>
        new() { ["role"] = "assistant", ["parts"] = parts, ["finish_reason"] = stopReason ?? "unknown" };

    /// <summary>An answer's content: its text may begin with reasoning.</summary>
    private static IReadOnlyList<JsonNode> Answer(JsonElement? content)
    {
        if (content is not { ValueKind: JsonValueKind.String })
        {
            return Parts(content);
        }

        var (thought, answer) = ThoughtSplitter.Split(LenientJson.Text(content) ?? "");
        return [.. thought.Length > 0 ? [Part("reasoning", thought.Trim())] : Array.Empty<JsonNode>(), .. answer.Length > 0 || thought.Length == 0 ? [Part("text", answer)] : Array.Empty<JsonNode>()];
    }

    private static IReadOnlyList<JsonNode> Parts(JsonElement message) =>
        Parts(LenientJson.Value(message, "content") ?? LenientJson.Value(message, "parts"));

    private static IReadOnlyList<JsonNode> Parts(JsonElement? content) => content switch
    {
        { ValueKind: JsonValueKind.String } => [Part("text", LenientJson.Text(content))],
        { ValueKind: JsonValueKind.Array } array => [.. array.EnumerateArray().SelectMany(item => Parts((JsonElement?)item))],
        { ValueKind: JsonValueKind.Object } block => [Block(block)],
        _ => [],
    };

    private static JsonNode Block(JsonElement block) => LenientJson.Text(block, "type") switch
    {
        "thinking" => Part("reasoning", LenientJson.Text(block, "thinking")),
        "tool_use" => new JsonObject
        {
            ["type"] = "tool_call",
            ["id"] = LenientJson.Text(block, "id"),
            ["name"] = LenientJson.Text(block, "name"),
            ["arguments"] = Node(LenientJson.Value(block, "input")),
        },
        "tool_result" => new JsonObject
        {
            ["type"] = "tool_call_response",
            ["id"] = LenientJson.Text(block, "tool_use_id"),
            ["response"] = Node(LenientJson.Value(block, "content")),
        },
        _ when LenientJson.Text(block, "text") is { } text => Part("text", text),
        _ => Node(block) ?? new JsonObject(),
    };

    private static IEnumerable<JsonNode> ToolCalls(JsonElement message) => LenientJson.Items(message, "tool_calls").Select(call =>
    {
        var function = LenientJson.Object(call, "function") ?? default;
        return new JsonObject
        {
            ["type"] = "tool_call",
            ["id"] = LenientJson.Text(call, "id"),
            ["name"] = LenientJson.Text(function, "name"),
            ["arguments"] = LenientJson.Text(function, "arguments"),
        };
    });

    private static JsonObject Part(string type, string? content) => new() { ["type"] = type, ["content"] = content ?? "" };

    private static JsonNode? Node(JsonElement? value) => value is { } element ? JsonSerializer.SerializeToNode(element, Plain) : null;

    private static string? Text(IReadOnlyList<JsonNode> nodes) => nodes.Count == 0 ? null : JsonSerializer.Serialize(nodes, Plain);
}
