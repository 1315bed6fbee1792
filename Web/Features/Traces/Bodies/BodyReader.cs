using System.Text;
using System.Text.Json;
using Platform.Contracts;
using Platform.Contracts.Traces;

namespace Platform.Web.Features.Traces.Bodies;

/// <summary>
/// Reads requests and responses of Anthropic's and OpenAI's kind, and the provider-neutral form of ChapterX's membrane layer.
/// Whatever it does not know stays a block of JSON.
/// </summary>
internal static class BodyReader
{
    private const int SettingLength = 200;

    private static readonly string[] Content = ["messages", "system", "tools", "content", "choices", "raw", "prompt"];

    /// <summary>Reads a body.</summary>
    /// <returns>Null when it is neither a request nor a response.</returns>
    public static BodyContent? Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(LoneSurrogates.Repair(Encoding.UTF8.GetBytes(text)));
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            return StreamedBody.Read(text);
        }
    }

    internal static BodyContent? Read(JsonElement body)
    {
        if (body.ValueKind is not JsonValueKind.Object)
        {
            return null;
        }

        List<BodyMessage> messages = [.. Messages(body)];
        var tools = body.TryGetProperty("tools", out var offered) && offered.ValueKind is JsonValueKind.Array
            ? offered.EnumerateArray().Select(Tool).ToList()
            : [];
        return messages.Count == 0 && tools.Count == 0 ? null : new BodyContent([.. Settings(body)], messages, tools);
    }

    private static IEnumerable<BodyMessage> Messages(JsonElement body)
    {
        if (body.TryGetProperty("system", out var system))
        {
            yield return new BodyMessage("system", [.. BlockReader.Read(system)]);
        }

        if (body.TryGetProperty("messages", out var messages) && messages.ValueKind is JsonValueKind.Array)
        {
            foreach (var message in messages.EnumerateArray())
            {
                yield return Message(message);
            }
        }

        if (body.TryGetProperty("prompt", out var prompt) && prompt.ValueKind is JsonValueKind.String)
        {
            yield return new BodyMessage("prompt", [.. BlockReader.Read(prompt)]);
        }

        if (body.TryGetProperty("content", out var content))
        {
            yield return new BodyMessage(Text(body, "role") ?? "assistant", [.. BlockReader.Read(content)]);
        }

        if (body.TryGetProperty("choices", out var choices) && choices.ValueKind is JsonValueKind.Array)
        {
            foreach (var choice in choices.EnumerateArray().Where(choice => choice.ValueKind is JsonValueKind.Object))
            {
                yield return choice.TryGetProperty("message", out var message)
                    ? WithoutThoughts(Message(message))
                    : new BodyMessage("assistant", [new BodyBlock("text", Text(choice, "text") ?? "")]);
            }
        }
    }

    /// <summary>An answer whose reasoning stands in its text, shown as reasoning.</summary>
    private static BodyMessage WithoutThoughts(BodyMessage message) => message with
    {
        Blocks = [.. message.Blocks.SelectMany((block, index) => block.Kind is "text" && message.Blocks.Take(index).All(one => one.Kind is "thinking") ? TextBlocks(block) : [block])],
    };

    private static IEnumerable<BodyBlock> TextBlocks(BodyBlock block)
    {
        var (thought, answer) = ThoughtSplitter.Split(block.Text);
        return thought.Length == 0 ? [block] : answer.Length == 0 ? [new BodyBlock("thinking", thought.Trim())] : [new BodyBlock("thinking", thought.Trim()), block with { Text = answer }];
    }

    private static BodyMessage Message(JsonElement message)
    {
        if (message.ValueKind is not JsonValueKind.Object)
        {
            return new BodyMessage("?", [.. BlockReader.Read(message)]);
        }

        List<BodyBlock> blocks = [];
        if ((Text(message, "reasoning_content") ?? Text(message, "reasoning")) is { Length: > 0 } reasoning)
        {
            blocks.Add(new BodyBlock("thinking", reasoning));
        }

        var role = Text(message, "role") ?? Text(message, "participant") ?? "?";
        if (message.TryGetProperty("content", out var content))
        {
            blocks.AddRange(BlockReader.Read(content).Select(block => role is "tool" && block.Kind is "text"
                ? block with { Kind = "tool_result", Name = Text(message, "tool_call_id") }
                : block));
        }

        if (message.TryGetProperty("tool_calls", out var calls) && calls.ValueKind is JsonValueKind.Array)
        {
            blocks.AddRange(calls.EnumerateArray().Select(BlockReader.ToolCall));
        }

        return new BodyMessage(Text(message, "name") is { } name ? $"{role} ({name})" : role, blocks);
    }

    private static BodyTool Tool(JsonElement tool)
    {
        var inner = tool.ValueKind is JsonValueKind.Object && tool.TryGetProperty("function", out var function) ? function : tool;
        if (inner.ValueKind is not JsonValueKind.Object)
        {
            return new BodyTool(inner.GetRawText(), null, null, null);
        }

        var schema = inner.TryGetProperty("input_schema", out var input) || inner.TryGetProperty("parameters", out input) || inner.TryGetProperty("inputSchema", out input)
            ? Json.Indent(input)
            : null;
        return new BodyTool(Text(inner, "name") ?? Text(tool, "type") ?? "?", Text(inner, "description"), schema, BlockReader.Cache(tool));
    }

    private static IEnumerable<(string Key, string Value)> Settings(JsonElement body) =>
        from member in body.EnumerateObject()
        where !Content.Contains(member.Name) && member.Value.ValueKind is not JsonValueKind.Null
        let value = member.Value.ValueKind is JsonValueKind.String ? member.Value.GetString() : member.Value.GetRawText().ReplaceLineEndings(" ")
        select (member.Name, value.Length > SettingLength ? value[..SettingLength] + "…" : value);

    internal static string? Text(JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? LoneSurrogates.Read(value) : null;
}
