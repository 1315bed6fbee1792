using System.Buffers;
using System.Globalization;
using System.Text;
using Platform.Contracts.Traces.Document;

namespace Platform.Core.Traces.ChapterX;

/// <summary>
/// Writes a trace's line of <c>index.jsonl</c> as ChapterX does: its keys in its order, absent instead of null, characters
/// escaped as JSON.stringify escapes them.
/// </summary>
internal sealed class IndexLineWriter
{
    private static readonly SearchValues<char> Escaped = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(code => (char)code), '"', '\\']);

    private readonly ArrayBufferWriter<byte> _line = new(4096);

    /// <summary>What a line repeats of a document.</summary>
    public static TraceDocumentReader Parts { get; } = new(part => part is not
        (nameof(TraceDocument.RawDiscordMessages) or nameof(TraceDocument.LlmCalls) or nameof(TraceDocument.ToolExecutions)
        or nameof(TraceDocument.Logs) or nameof(TraceDocument.Config) or nameof(TraceDocument.Platform)));

    /// <summary>Writes a line.</summary>
    /// <param name="document">The trace's document.</param>
    /// <param name="trace">Its row: names and previews come from there.</param>
    /// <param name="fileName">Of the trace file, without its folder.</param>
    /// <returns>The line without its end, until the next one is written.</returns>
    public ReadOnlySpan<byte> Write(TraceDocument document, Trace trace, string fileName)
    {
        _line.ResetWrittenCount();
        _line.Write("{\"traceId\":"u8);
        WriteText(trace.SourceTraceId);
        Add(",\"timestamp\":"u8, document.Timestamp);
        Add(",\"channelId\":"u8, document.ChannelId);
        Add(",\"triggeringMessageId\":"u8, document.TriggeringMessageId);
        Add(",\"botName\":"u8, trace.Bot);
        Add(",\"channelName\":"u8, trace.ChannelName);
        Add(",\"activationReason\":"u8, document.Activation?.Reason);
        Add(",\"triggerPreview\":"u8, trace.TriggerPreview);
        Add(",\"responsePreview\":"u8, trace.ResponsePreview);
        Add(",\"isThread\":"u8, document.IsThread);
        Add(",\"parentChannelId\":"u8, document.ParentChannelId);
        Add(",\"success\":"u8, document.Outcome?.Success is true);
        Add(",\"durationMs\":"u8, document.DurationMs);
        Add(",\"llmCallCount\":"u8, trace.LlmCallCount);
        Add(",\"toolExecutionCount\":"u8, trace.ToolExecutionCount);
        Add(",\"totalTokens\":"u8, trace.TokensIn + trace.TokensOut);
        AddAll(",\"contextMessageIds\":["u8, (document.ContextBuild?.Messages ?? []).Select(message => message.DiscordMessageId));
        AddAll("],\"sentMessageIds\":["u8, document.Outcome?.SentMessageIds ?? []);
        Add("],\"filename\":"u8, fileName);
        _line.Write("}"u8);
        return _line.WrittenSpan;
    }

    private void Add(ReadOnlySpan<byte> key, string? text)
    {
        if (text is not null)
        {
            _line.Write(key);
            WriteText(text);
        }
    }

    private void Add(ReadOnlySpan<byte> key, long? number)
    {
        if (number is { } known)
        {
            _line.Write(key);
            known.TryFormat(_line.GetSpan(20), out var written, provider: CultureInfo.InvariantCulture);
            _line.Advance(written);
        }
    }

    private void Add(ReadOnlySpan<byte> key, bool? flag)
    {
        if (flag is { } known)
        {
            _line.Write(key);
            _line.Write(known ? "true"u8 : "false"u8);
        }
    }

    private void AddAll(ReadOnlySpan<byte> start, IEnumerable<string?> ids)
    {
        _line.Write(start);
        var isFirst = true;
        foreach (var id in ids.OfType<string>())
        {
            _line.Write(isFirst ? ""u8 : ","u8);
            WriteText(id);
            isFirst = false;
        }
    }

    private void WriteText(string text)
    {
        _line.Write("\""u8);
        var rest = text.AsSpan();
        for (int at; (at = rest.IndexOfAny(Escaped)) >= 0; rest = rest[(at + 1)..])
        {
            Encoding.UTF8.GetBytes(rest[..at], _line);
            Encoding.UTF8.GetBytes(Escape(rest[at]), _line);
        }

        Encoding.UTF8.GetBytes(rest, _line);
        _line.Write("\""u8);
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
