using System.Text.Json;
using Platform.Contracts;

namespace Platform.Web.Features.Traces.Bodies;

/// <summary>Reads the content of a message: a text, or blocks of several kinds.</summary>
internal static class BlockReader
{
    /// <summary>Reads content.</summary>
    public static IEnumerable<BodyBlock> Read(JsonElement content) => content.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => [],
        JsonValueKind.String => [new BodyBlock("text", LoneSurrogates.Read(content))],
        JsonValueKind.Array => content.EnumerateArray().Select(Block),
        _ => [Block(content)],
    };

    /// <summary>Reads a call of a tool, as OpenAI writes it.</summary>
    public static BodyBlock ToolCall(JsonElement call) => call.ValueKind is JsonValueKind.Object && call.TryGetProperty("function", out var function)
        ? new BodyBlock("tool_use", Arguments(function), BodyReader.Text(function, "name"))
        : new BodyBlock("tool_use", Json.Indent(call));

    /// <summary>The cache mark on something.</summary>
    public static string? Cache(JsonElement marked)
    {
        if (marked.ValueKind is not JsonValueKind.Object || !marked.TryGetProperty("cache_control", out var mark) || mark.ValueKind is not JsonValueKind.Object)
        {
            return null;
        }

        return string.Join(' ', new[] { BodyReader.Text(mark, "type"), BodyReader.Text(mark, "ttl") }.OfType<string>()) is { Length: > 0 } text ? text : "marked";
    }

    private static BodyBlock Block(JsonElement block)
    {
        if (block.ValueKind is not JsonValueKind.Object)
        {
            return new BodyBlock("text", block.ValueKind is JsonValueKind.String ? LoneSurrogates.Read(block) : block.GetRawText());
        }

        var cache = Cache(block);
        return BodyReader.Text(block, "type") switch
        {
            "text" or "input_text" or "output_text" => new BodyBlock("text", BodyReader.Text(block, "text") ?? "", Cache: cache),
            "thinking" => new BodyBlock("thinking", BodyReader.Text(block, "thinking") ?? BodyReader.Text(block, "text") ?? Parts(block, "thinking"), Cache: cache),
            "redacted_thinking" => new BodyBlock("thinking", "(redacted by the provider)", Cache: cache),
            "tool_use" or "toolUse" or "tool_call" => new BodyBlock("tool_use", Member(block, "input"), BodyReader.Text(block, "name"), cache),
            "tool_result" or "toolResult" => new BodyBlock("tool_result", Result(block), BodyReader.Text(block, "tool_use_id") ?? BodyReader.Text(block, "toolUseId"), cache),
            "image" or "image_url" or "input_image" => new BodyBlock("image", Json.Indent(block), Cache: cache),
            var type => new BodyBlock(type ?? "part", Json.Indent(block), Cache: cache),
        };
    }

    private static string Arguments(JsonElement function) => BodyReader.Text(function, "arguments") is { } arguments
        ? Json.TryIndent(arguments) ?? arguments
        : Member(function, "arguments");

    private static string Member(JsonElement block, string name) => block.TryGetProperty(name, out var value) ? Json.Indent(value) : "";

    private static string Parts(JsonElement block, string name) =>
        block.TryGetProperty(name, out var parts) && parts.ValueKind is JsonValueKind.Array ? string.Concat(Read(parts).Select(part => part.Text)) : "";

    private static string Result(JsonElement block) => !block.TryGetProperty("content", out var content)
        ? ""
        : content.ValueKind is JsonValueKind.String ? content.GetString() ?? "" : string.Join("\n", Read(content).Select(part => part.Text));
}
