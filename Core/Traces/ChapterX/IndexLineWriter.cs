using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Platform.Core.Json;

namespace Platform.Core.Traces.ChapterX;

/// <summary>
/// Writes a trace's line of <c>index.jsonl</c> as ChapterX does: its keys in its order, absent instead of null, characters
/// escaped as JSON.stringify escapes them.
/// </summary>
internal sealed class IndexLineWriter
{
    private static readonly SearchValues<char> Escaped = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(code => (char)code), '"', '\\']);

    private readonly ArrayBufferWriter<byte> line = new(4096);

    /// <summary>Writes a line.</summary>
    /// <param name="root">The trace's document.</param>
    /// <param name="trace">Its row: names and previews come from there.</param>
    /// <param name="fileName">Of the trace file, without its folder.</param>
    /// <returns>The line without its end, until the next one is written.</returns>
    public ReadOnlySpan<byte> Write(JsonElement root, Trace trace, string fileName)
    {
        line.ResetWrittenCount();
        line.Write("{\"traceId\":"u8);
        WriteText(trace.SourceTraceId);
        Copy(",\"timestamp\":"u8, root, "timestamp");
        Copy(",\"channelId\":"u8, root, "channelId");
        Copy(",\"triggeringMessageId\":"u8, root, "triggeringMessageId");
        Add(",\"botName\":"u8, trace.Bot);
        Add(",\"channelName\":"u8, trace.ChannelName);
        Copy(",\"activationReason\":"u8, LenientJson.Object(root, "activation") ?? default, "reason");
        Add(",\"triggerPreview\":"u8, trace.TriggerPreview);
        Add(",\"responsePreview\":"u8, trace.ResponsePreview);
        Copy(",\"isThread\":"u8, root, "isThread");
        Copy(",\"parentChannelId\":"u8, root, "parentChannelId");
        var outcome = LenientJson.Object(root, "outcome") ?? default;
        line.Write(LenientJson.Flag(outcome, "success") == true ? ",\"success\":true"u8 : ",\"success\":false"u8);
        Copy(",\"durationMs\":"u8, root, "durationMs");
        Add(",\"llmCallCount\":"u8, trace.LlmCallCount);
        Add(",\"toolExecutionCount\":"u8, trace.ToolExecutionCount);
        Add(",\"totalTokens\":"u8, trace.TokensIn + trace.TokensOut);
        var messages = LenientJson.Items(LenientJson.Object(root, "contextBuild") ?? default, "messages");
        AddAll(",\"contextMessageIds\":["u8, messages.Select(message => LenientJson.Value(message, "discordMessageId")));
        AddAll("],\"sentMessageIds\":["u8, LenientJson.Items(outcome, "sentMessageIds").Select(id => (JsonElement?)id));
        Add("],\"filename\":"u8, fileName);
        line.Write("}"u8);
        return line.WrittenSpan;
    }

    private void Copy(ReadOnlySpan<byte> key, JsonElement parent, string name)
    {
        if (LenientJson.Value(parent, name) is { } value)
        {
            line.Write(key);
            line.Write(JsonMarshal.GetRawUtf8Value(value));
        }
    }

    private void Add(ReadOnlySpan<byte> key, string? text)
    {
        if (text is not null)
        {
            line.Write(key);
            WriteText(text);
        }
    }

    private void Add(ReadOnlySpan<byte> key, long number)
    {
        line.Write(key);
        number.TryFormat(line.GetSpan(20), out var written, provider: CultureInfo.InvariantCulture);
        line.Advance(written);
    }

    private void AddAll(ReadOnlySpan<byte> start, IEnumerable<JsonElement?> ids)
    {
        line.Write(start);
        var isFirst = true;
        foreach (var id in ids.OfType<JsonElement>().Where(id => id.ValueKind == JsonValueKind.String))
        {
            line.Write(isFirst ? ""u8 : ","u8);
            line.Write(JsonMarshal.GetRawUtf8Value(id));
            isFirst = false;
        }
    }

    private void WriteText(string text)
    {
        line.Write("\""u8);
        var rest = text.AsSpan();
        for (int at; (at = rest.IndexOfAny(Escaped)) >= 0; rest = rest[(at + 1)..])
        {
            Encoding.UTF8.GetBytes(rest[..at], line);
            Encoding.UTF8.GetBytes(Escape(rest[at]), line);
        }

        Encoding.UTF8.GetBytes(rest, line);
        line.Write("\""u8);
    }

    private static string Escape(char character) => character switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\b' => "\\b",
        '\f' => "\\f",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        _ => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
    };
}
