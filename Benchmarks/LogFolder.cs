using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Platform.Benchmarks;

/// <summary>Writes a ChapterX logs folder of made-up traces, about 37 kB each and without bodies. The same seed writes the same bytes.</summary>
internal sealed class LogFolder(string root, int seed)
{
    private const int RawMessages = 30;
    private const int ContextMessages = 26;
    private const int LogLines = 55;
    private const int LogMessages = 40;
    private const int Channels = 40;

    private static readonly string[] Bots = ["Marsh Heron", "PlainBot", "Harbour Opus4", "Reed Warbler"];
    private static readonly DateTimeOffset First = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    private static readonly JsonWriterOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly Random _random = new(seed);
    private readonly ArrayBufferWriter<byte> _buffer = new(64 * 1024);
    private readonly long[] _lastMessages = [.. Enumerable.Range(0, Channels).Select(channel => 1_443_805_843_500_834_304L + (channel * 10_000_000_000L))];
    private readonly MadeUpText _text = new(seed);
    private readonly string[] _logMessages = new MadeUpText(seed).Sentences(LogMessages, 6);

    /// <summary>Writes <paramref name="count"/> traces, a second apart, and the index of them.</summary>
    /// <returns>Bytes of the trace files.</returns>
    public long Write(int count)
    {
        var bytes = 0L;
        foreach (var bot in Bots)
        {
            Directory.CreateDirectory(Path.Combine(root, "traces", bot));
        }

        using var index = File.Create(Path.Combine(root, "traces", "index.jsonl"));
        for (var number = 0; number < count; number++)
        {
            var trace = Next(number);
            bytes += WriteFile(trace);
            WriteIndexLine(index, trace);
        }

        return bytes;
    }

    private MadeUpTrace Next(int number)
    {
        var channel = _random.Next(Channels);
        var newest = _lastMessages[channel] += 4_194_304L * _random.Next(1, 6);
        var at = First.AddSeconds(number).AddMilliseconds(_random.Next(1000));
        return new MadeUpTrace(
            Id: _random.Next().ToString("x8", CultureInfo.InvariantCulture),
            StartedAt: at,
            Bot: Bots[_random.Next(Bots.Length)],
            ChannelId: (1_289_595_876_716_707_914L + channel).ToString(CultureInfo.InvariantCulture),
            ChannelName: $"channel-{channel}",
            // Consecutive traces of a channel share most of their context, as real ones do.
            MessageIds: [.. Enumerable.Range(0, RawMessages).Select(back => (newest - (4_194_304L * (RawMessages - 1 - back))).ToString(CultureInfo.InvariantCulture))],
            Texts: [.. Enumerable.Range(0, RawMessages).Select(_ => _text.Sentence(14))],
            Answer: _text.Sentence(60),
            DurationMs: _random.Next(800, 20_000),
            TokensIn: _random.Next(2_000, 60_000),
            TokensOut: _random.Next(20, 900));
    }

    private int WriteFile(MadeUpTrace trace)
    {
        _buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_buffer, Indented))
        {
            json.WriteStartObject();
            WriteHead(json, trace);
            WriteRawMessages(json, trace);
            WriteContext(json, trace);
            WriteCall(json, trace);
            WriteRest(json, trace);
            json.WriteEndObject();
        }

        using var file = File.OpenHandle(Path.Combine(root, "traces", trace.Bot, trace.FileName), FileMode.Create, FileAccess.Write);
        RandomAccess.Write(file, _buffer.WrittenSpan, 0);
        return _buffer.WrittenCount;
    }

    private static void WriteHead(Utf8JsonWriter json, MadeUpTrace trace)
    {
        json.WriteString("traceId", trace.Id);
        json.WriteString("timestamp", trace.StartedAtText);
        json.WriteString("channelId", trace.ChannelId);
        json.WriteString("guildId", "1289595876716707911");
        json.WriteString("triggeringMessageId", trace.TriggerId);
        json.WriteString("botId", trace.Bot);
        json.WriteString("botUserId", "9001");
        json.WriteBoolean("isThread", false);
        json.WritePropertyName("activation");
        json.WriteRawValue(JsonSerializer.Serialize(
            new { reason = "mention", triggerEvents = new[] { new { type = "message", messageId = trace.TriggerId, contentPreview = trace.TriggerPreview } } }));
    }

    private static void WriteRawMessages(Utf8JsonWriter json, MadeUpTrace trace)
    {
        json.WriteStartArray("rawDiscordMessages");
        for (var position = 0; position < RawMessages; position++)
        {
            json.WriteStartObject();
            json.WriteString("id", trace.MessageIds[position]);
            json.WriteStartObject("author");
            json.WriteString("id", $"{100 + (position % 7)}");
            json.WriteString("username", $"user{position % 7}");
            json.WriteString("displayName", $"User {position % 7}");
            json.WriteBoolean("bot", false);
            json.WriteEndObject();
            json.WriteString("content", trace.Texts[position]);
            json.WriteString("timestamp", trace.StartedAtText);
            json.WriteStartArray("attachments");
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteContext(Utf8JsonWriter json, MadeUpTrace trace)
    {
        json.WriteStartObject("contextBuild");
        json.WriteNumber("messagesConsidered", RawMessages);
        json.WriteNumber("messagesIncluded", ContextMessages);
        json.WriteStartArray("messages");
        for (var position = 0; position < ContextMessages; position++)
        {
            json.WriteStartObject();
            json.WriteNumber("position", position);
            json.WriteString("discordMessageId", trace.MessageIds[RawMessages - ContextMessages + position]);
            json.WriteString("participant", $"user{position % 7}");
            json.WriteString("contentPreview", trace.Texts[RawMessages - ContextMessages + position]);
            json.WriteNumber("contentLength", 80);
            json.WriteNumber("tokenEstimate", 23);
            json.WriteStartArray("transformations");
            json.WriteEndArray();
            json.WriteBoolean("isTrigger", position == ContextMessages - 1);
            json.WriteBoolean("hasImages", false);
            json.WriteNumber("imageCount", 0);
            json.WriteBoolean("hasCacheControl", position == 6);
            json.WriteString("discordTimestamp", trace.StartedAtText);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteBoolean("didTruncate", false);
        json.WriteEndObject();
    }

    private static void WriteCall(Utf8JsonWriter json, MadeUpTrace trace)
    {
        json.WritePropertyName("llmCalls");
        json.WriteRawValue(JsonSerializer.Serialize(new[]
        {
            new
            {
                callId = $"{trace.Id}-llm-0", depth = 0, startedAt = trace.StartedAtText, durationMs = trace.DurationMs - 100, model = MadeUpTrace.Model,
                request = new { messageCount = ContextMessages + 1, systemPromptLength = 2048, hasTools = false, toolCount = 0 },
                response = new { stopReason = "end_turn", contentBlocks = 1, textLength = trace.Answer.Length, toolUseCount = 0 },
                tokenUsage = new { inputTokens = trace.TokensIn, outputTokens = trace.TokensOut },
            },
        }));
        json.WriteStartArray("toolExecutions");
        json.WriteEndArray();
    }

    private void WriteRest(Utf8JsonWriter json, MadeUpTrace trace)
    {
        json.WriteStartObject("outcome");
        json.WriteBoolean("success", true);
        json.WriteString("responseText", trace.Answer);
        json.WritePropertyName("sentMessageIds");
        json.WriteRawValue($"[\"{trace.SentId}\"]");
        json.WriteNumber("messagesSent", 1);
        json.WriteEndObject();
        json.WriteStartArray("logs");
        for (var line = 0; line < LogLines; line++)
        {
            json.WriteStartObject();
            json.WriteNumber("offsetMs", line * 40);
            json.WriteString("level", "info");
            json.WriteString("message", _logMessages[_random.Next(LogMessages)]);
            json.WriteStartObject("data");
            json.WriteNumber("k", _random.Next(1000));
            json.WriteString("channel", trace.ChannelId);
            json.WriteString("detail", _logMessages[line % LogMessages]);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("durationMs", trace.DurationMs);
        json.WritePropertyName("config");
        json.WriteRawValue(JsonSerializer.Serialize(new { name = trace.Bot, mode = "prefill", continuation_model = MadeUpTrace.Model, temperature = 1, max_tokens = 4096 }));
    }

    private void WriteIndexLine(FileStream index, MadeUpTrace trace)
    {
        _buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_buffer, OneLine))
        {
            JsonSerializer.Serialize(json, new
            {
                traceId = trace.Id, timestamp = trace.StartedAtText, channelId = trace.ChannelId, triggeringMessageId = trace.TriggerId,
                botName = trace.Bot, channelName = trace.ChannelName, activationReason = "mention", triggerPreview = trace.TriggerPreview,
                responsePreview = trace.AnswerPreview, isThread = false, success = true, durationMs = trace.DurationMs, llmCallCount = 1,
                toolExecutionCount = 0, totalTokens = trace.TokensIn + trace.TokensOut, contextMessageIds = trace.MessageIds[^ContextMessages..],
                sentMessageIds = (string[])[trace.SentId], filename = trace.FileName,
            });
        }

        index.Write(_buffer.WrittenSpan);
        index.WriteByte((byte)'\n');
    }
}
