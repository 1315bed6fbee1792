using System.Text.Json;
using System.Text.Unicode;
using Platform.Contracts.Activations;
using Platform.Core.Json;
using Platform.Core.Storage;

namespace Platform.Core.Traces.ChapterX;

/// <summary>Turns the bytes of a trace file into rows. Every key that ChapterX added later is optional.</summary>
internal sealed class TraceFileParser(string tenantId, Guid importRunId, LogIndex index, StreamLines streams)
{
    // A call of two bytes, {}, becomes a row of two hundred: a file must not fill the memory with them. Real activations have up to a hundred.
    private const int MostCalls = 10_000;
    private const int MostBodies = 10_000;
    private const int MostMessages = 100_000;

    [ThreadStatic]
    private static IndexLineWriter? lineWriter;

    private static readonly Dictionary<string, ActivationReason> Reasons =
        Enum.GetValues<ActivationReason>().ToDictionary(EnumText.Of, reason => reason);

    public TraceParsing Parse(LogFile file, byte[] bytes)
    {
        try
        {
            if (bytes.Length == 0)
            {
                return Unreadable(file, "The file is empty.");
            }

            if (!Utf8.IsValid(bytes))
            {
                return Unreadable(file, "It is not valid UTF-8.");
            }

            using var document = LargeJson.ParseDocument(bytes);
            return Parse(file, bytes, document.RootElement);
        }
        catch (JsonException exception)
        {
            return Unreadable(file, $"It is not JSON, is cut off or nests deeper than {LargeJson.Depth} levels: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.");
        }
    }

    private TraceParsing Parse(LogFile file, byte[] bytes, JsonElement root)
    {
        var name = TraceFileName.Parse(file.Name);
        if ((LenientJson.Id(root, "traceId") ?? name?.TraceId) is not { } traceId)
        {
            return Unreadable(file, "It is no trace: it has no traceId.");
        }

        if ((LenientJson.Instant(root, "timestamp") ?? name?.StartedAt) is not { } startedAt)
        {
            return Unreadable(file, "It is no trace: it has no timestamp that can be read.");
        }

        if (TooMany(root) is { } tooMany)
        {
            return Unreadable(file, tooMany);
        }

        var channelId = LenientJson.Id(root, "channelId") ?? name?.ChannelId ?? "unknown";
        var bot = LenientJson.Id(root, "botId") ?? file.Bot ?? "unknown";
        if (TooLongKey(traceId, bot, channelId) is { } tooLong)
        {
            return Unreadable(file, tooLong);
        }

        var indexed = index.Find(traceId, startedAt, bot);
        var trace = Trace(root, traceId, startedAt, channelId, bot, indexed?.Entry);
        var calls = LenientJson.Items(root, "llmCalls").Select((call, position) => (Json: call, Row: LlmCallReader.Read(call, trace, position))).ToList();
        var bodies = calls.SelectMany(call => LlmCallReader.ReadBodies(call.Json, call.Row.Id)).ToList();
        bodies.AddRange(LlmCallReader.ReadLoggedRequests(root, calls, bodies).ToList());
        return new TraceParsing(
            new ParsedTrace(
                file,
                trace,
                CompressedContent.OfImport(bytes),
                Origin(file, root, trace, indexed),
                Messages(root, trace),
                [.. calls.Select(call => call.Row)],
                bodies),
            null);
    }

    private Trace Trace(JsonElement root, string traceId, DateTimeOffset startedAt, string channelId, string bot, IndexEntry? indexed)
    {
        var outcome = OutcomeReader.Read(root);
        var calls = LenientJson.Items(root, "llmCalls").ToList();
        return new Trace
        {
            Id = Guid.CreateVersion7(),
            TenantId = tenantId,
            Source = TraceSource.Chapterx,
            SourceTraceId = traceId,
            Bot = bot,
            ChannelId = channelId,
            ChannelName = index.ChannelName(channelId),
            ParentChannelId = TextCut.Name(LenientJson.Text(root, "parentChannelId")),
            GuildId = TextCut.Name(LenientJson.Text(root, "guildId")),
            IsThread = LenientJson.Flag(root, "isThread") ?? false,
            TriggerMessageId = TextCut.Name(LenientJson.Text(root, "triggeringMessageId")),
            Reason = Reason(root),
            Outcome = outcome.Outcome,
            SilentReason = outcome.SilentReason,
            ErrorCode = outcome.ErrorCode,
            ErrorMessage = outcome.ErrorMessage,
            ErrorPhase = outcome.ErrorPhase,
            StartedAt = startedAt,
            DurationMs = LenientJson.Number(root, "durationMs"),
            LlmCallCount = calls.Count,
            ToolExecutionCount = LenientJson.Count(root, "toolExecutions"),
            TokensIn = Tokens(calls, "inputTokens"),
            TokensOut = Tokens(calls, "outputTokens"),
            Model = calls.Count == 0 ? null : TextCut.Name(LenientJson.Text(calls[^1], "model")),
            // The index's previews are what ChapterX shows.
            TriggerPreview = indexed?.TriggerPreview ?? TextCut.Preview(TriggerText(root)),
            ResponsePreview = indexed?.ResponsePreview ?? TextCut.Preview(LenientJson.Text(LenientJson.Object(root, "outcome") ?? default, "responseText")),
            Participants = Participants.Of(ContextMessages(root).Select(message => LenientJson.Text(message, "participant"))),
            ImportRunId = importRunId,
            DocumentDay = default,
        };
    }

    private TraceOrigin Origin(LogFile file, JsonElement root, Trace trace, IndexedLine? indexed)
    {
        lineWriter ??= new IndexLineWriter();
        var isOurs = indexed is not null && lineWriter.Write(root, trace, file.Name).SequenceEqual(indexed.Line.Bytes);
        return new TraceOrigin(
            file.Path == LogLayout.TracePath(trace) ? null : file.Path,
            indexed?.Line.Position,
            isOurs ? null : indexed?.Line.Bytes,
            streams.Find(trace.SourceTraceId, trace.StartedAt, trace.Bot) is { } lines ? CompressedContent.OfImport(lines) : null);
    }

    private static string? TooMany(JsonElement root)
    {
        var calls = LenientJson.Count(root, "llmCalls");
        var bodies = LenientJson.Items(root, "llmCalls").Sum(LlmCallReader.CountBodies);
        var messages = ContextMessages(root).Count() + LenientJson.Count(LenientJson.Object(root, "outcome") ?? default, "sentMessageIds");
        return calls > MostCalls ? $"It has {calls} calls; at most {MostCalls} are taken."
            : bodies > MostBodies ? $"It refers to {bodies} raw bodies; at most {MostBodies} are taken."
            : messages > MostMessages ? $"It has {messages} messages; at most {MostMessages} are taken."
            : null;
    }

    /// <summary>Names are cut; what tells traces apart cannot be.</summary>
    private static string? TooLongKey(string traceId, string bot, string channelId)
    {
        var (key, length) = traceId.Length > TextCut.LongestName ? ("traceId", traceId.Length)
            : bot.Length > TextCut.LongestName ? ("botId", bot.Length)
            : ("channelId", channelId.Length);
        return length > TextCut.LongestName ? $"Its {key} has {length} characters; at most {TextCut.LongestName} are taken." : null;
    }

    private static ActivationReason Reason(JsonElement root)
    {
        // ChapterX itself writes "mention" for an activation that it never recorded.
        var text = LenientJson.Text(LenientJson.Object(root, "activation") ?? default, "reason");
        return Reasons.GetValueOrDefault(text ?? string.Empty, ActivationReason.Mention);
    }

    private static long Tokens(IEnumerable<JsonElement> calls, string name) =>
        calls.Sum(call => (long)(LenientJson.Number(LenientJson.Object(call, "tokenUsage") ?? default, name) ?? 0));

    private static string? TriggerText(JsonElement root)
    {
        var events = LenientJson.Items(LenientJson.Object(root, "activation") ?? default, "triggerEvents");
        if (events.Select(item => LenientJson.Text(item, "contentPreview")).FirstOrDefault(text => !string.IsNullOrEmpty(text)) is { } preview)
        {
            return preview;
        }

        var triggerId = LenientJson.Text(root, "triggeringMessageId");
        return LenientJson.Items(root, "rawDiscordMessages")
                .Where(message => triggerId is not null && LenientJson.Text(message, "id") == triggerId)
                .Select(message => LenientJson.Text(message, "content")).FirstOrDefault()
            ?? ContextMessages(root)
                .Where(message => LenientJson.Flag(message, "isTrigger") == true)
                .Select(message => LenientJson.Text(message, "contentPreview")).FirstOrDefault();
    }

    private static TraceMessages? Messages(JsonElement root, Trace trace)
    {
        var outcome = LenientJson.Object(root, "outcome") ?? default;
        return TraceMessages.Of(
            trace.Id,
            Ids([trace.TriggerMessageId]),
            Ids(ContextMessages(root).Select(message => LenientJson.Text(message, "discordMessageId"))),
            Ids(LenientJson.Items(outcome, "sentMessageIds").Select(item => LenientJson.Text(item))));
    }

    private static IEnumerable<JsonElement> ContextMessages(JsonElement root) =>
        LenientJson.Items(LenientJson.Object(root, "contextBuild") ?? default, "messages");

    private static IEnumerable<string> Ids(IEnumerable<string?> ids) =>
        ids.Select(TextCut.Name).OfType<string>().Select(MessageIdText.Normalise);

    private static TraceParsing Unreadable(LogFile file, string message) => new(null, new FileProblem(file.Path, message));
}
