using System.Text.Json;
using System.Text.Unicode;
using Platform.Contracts.Activations;
using Platform.Contracts.Traces.Document;
using Platform.Core.Json;
using Platform.Core.Storage;

namespace Platform.Core.Traces.ChapterX;

/// <summary>Turns the bytes of a trace file into rows. Every member that ChapterX added later is optional.</summary>
internal sealed class TraceFileParser(string tenantId, Guid importRunId, LogIndex index, StreamLines streams)
{
    // A call of two bytes, {}, becomes a row of two hundred: a file must not fill the memory with them. Real activations have up to a hundred.
    private const int MostCalls = 10_000;
    private const int MostBodies = 10_000;
    private const int MostMessages = 100_000;

    // What every trace needs; these are large.
    private static readonly TraceDocumentReader Summary = new(part => part is not
        (nameof(TraceDocument.RawDiscordMessages) or nameof(TraceDocument.Logs) or nameof(TraceDocument.Config) or nameof(TraceDocument.Platform)));

    // What few traces need besides.
    private static readonly TraceDocumentReader Details = new(part => part is nameof(TraceDocument.RawDiscordMessages) or nameof(TraceDocument.Logs));

    [ThreadStatic]
    private static IndexLineWriter? _lineWriter;

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

            return Parse(file, bytes, TraceReader.Read(bytes, Summary));
        }
        catch (JsonException exception)
        {
            return Unreadable(file, $"It is not JSON, is cut off or nests deeper than {LargeJson.Depth} levels: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.");
        }
    }

    private TraceParsing Parse(LogFile file, byte[] bytes, TraceDocument document)
    {
        var name = TraceFileName.Parse(file.Name);
        if ((Id(document.TraceId) ?? name?.TraceId) is not { } traceId)
        {
            return Unreadable(file, "It is not a trace: traceId is missing.");
        }

        if ((TraceTime.Parse(document.Timestamp) ?? name?.StartedAt) is not { } startedAt)
        {
            return Unreadable(file, "It is not a trace: timestamp is missing or invalid.");
        }

        if (TooMany(document) is { } tooMany)
        {
            return Unreadable(file, tooMany);
        }

        var channelId = Id(document.ChannelId) ?? name?.ChannelId ?? "unknown";
        var bot = Id(document.BotId) ?? file.Bot ?? "unknown";
        if (TooLongKey(traceId, bot, channelId) is { } tooLong)
        {
            return Unreadable(file, tooLong);
        }

        var indexed = index.Find(traceId, startedAt, bot);
        var details = new Lazy<TraceDocument>(() => TraceReader.Read(bytes, Details));
        var trace = Trace(document, details, traceId, startedAt, channelId, bot, indexed?.Entry);
        var calls = document.LlmCalls.Select((call, position) => (Part: call, Row: LlmCallReader.Read(call, trace, position))).ToList();
        var bodies = calls.SelectMany(call => LlmCallReader.ReadBodies(call.Part, call.Row.Id)).ToList();
        bodies.AddRange(LlmCallReader.ReadLoggedRequests(details, calls, bodies).ToList());
        return new TraceParsing(
            new ParsedTrace(
                file,
                trace,
                CompressedContent.OfImport(bytes),
                Origin(file, document, trace, indexed),
                Messages(document, trace),
                [.. calls.Select(call => call.Row)],
                bodies),
            null);
    }

    private Trace Trace(
        TraceDocument document, Lazy<TraceDocument> details, string traceId, DateTimeOffset startedAt, string channelId, string bot, IndexEntry? indexed)
    {
        var outcome = OutcomeReader.Read(document);
        var calls = document.LlmCalls;
        return new Trace
        {
            Id = Guid.CreateVersion7(),
            TenantId = tenantId,
            Source = TraceSource.Chapterx,
            SourceTraceId = traceId,
            Bot = bot,
            ChannelId = channelId,
            ChannelName = index.ChannelName(channelId),
            ParentChannelId = TextCut.Name(document.ParentChannelId),
            GuildId = TextCut.Name(document.GuildId),
            IsThread = document.IsThread ?? false,
            TriggerMessageId = TextCut.Name(document.TriggeringMessageId),
            // ChapterX itself writes "mention" for an activation that it never recorded.
            Reason = Reasons.GetValueOrDefault(document.Activation?.Reason ?? "", ActivationReason.Mention),
            Outcome = outcome.Outcome,
            SilentReason = outcome.SilentReason,
            ErrorCode = outcome.ErrorCode,
            ErrorMessage = outcome.ErrorMessage,
            ErrorPhase = outcome.ErrorPhase,
            StartedAt = startedAt,
            DurationMs = document.DurationMs,
            LlmCallCount = calls.Count,
            ToolExecutionCount = document.ToolExecutions.Count,
            TokensIn = calls.Sum(call => (long)(call.TokenUsage?.InputTokens ?? 0)),
            TokensOut = calls.Sum(call => (long)(call.TokenUsage?.OutputTokens ?? 0)),
            Model = calls is [.., var last] ? TextCut.Name(last.Model) : null,
            // The index's previews are what ChapterX shows.
            TriggerPreview = indexed?.TriggerPreview ?? TextCut.Preview(TriggerText(document, details)),
            ResponsePreview = indexed?.ResponsePreview ?? TextCut.Preview(document.Outcome?.ResponseText),
            Participants = Participants.Of(ContextMessages(document).Select(message => message.Participant)),
            ImportRunId = importRunId,
            DocumentDay = default,
        };
    }

    private TraceOrigin Origin(LogFile file, TraceDocument document, Trace trace, IndexedLine? indexed)
    {
        _lineWriter ??= new IndexLineWriter();
        var isOurs = indexed is not null && _lineWriter.Write(document, trace, file.Name).SequenceEqual(indexed.Line.Bytes);
        return new TraceOrigin(
            file.Path == LogLayout.TracePath(trace) ? null : file.Path,
            indexed?.Line.Position,
            isOurs ? null : indexed?.Line.Bytes,
            streams.Find(trace.SourceTraceId, trace.StartedAt, trace.Bot) is { } lines ? CompressedContent.OfImport(lines) : null);
    }

    private static string? TooMany(TraceDocument document)
    {
        var calls = document.LlmCalls.Count;
        var bodies = document.LlmCalls.Sum(LlmCallReader.CountBodies);
        var messages = ContextMessages(document).Count + (document.Outcome?.SentMessageIds.Count ?? 0);
        return calls > MostCalls ? $"It has {calls} calls; at most {MostCalls} are allowed."
            : bodies > MostBodies ? $"It refers to {bodies} raw bodies; at most {MostBodies} are allowed."
            : messages > MostMessages ? $"It has {messages} messages; at most {MostMessages} are allowed."
            : null;
    }

    /// <summary>Names are truncated; identifying values cannot be.</summary>
    private static string? TooLongKey(string traceId, string bot, string channelId)
    {
        var (key, length) = traceId.Length > TextCut.LongestName ? ("traceId", traceId.Length)
            : bot.Length > TextCut.LongestName ? ("botId", bot.Length)
            : ("channelId", channelId.Length);
        return length > TextCut.LongestName ? $"Its {key} has {length} characters; at most {TextCut.LongestName} are allowed." : null;
    }

    private static string? TriggerText(TraceDocument document, Lazy<TraceDocument> details)
    {
        var events = document.Activation?.TriggerEvents ?? [];
        if (events.Select(item => item.ContentPreview).FirstOrDefault(text => !string.IsNullOrEmpty(text)) is { } preview)
        {
            return preview;
        }

        var raw = document.TriggeringMessageId is { } id ? details.Value.RawDiscordMessages?.FirstOrDefault(message => message.Id == id) : null;
        return raw?.Content ?? ContextMessages(document).FirstOrDefault(message => message.IsTrigger)?.ContentPreview;
    }

    private static TraceMessages? Messages(TraceDocument document, Trace trace) => TraceMessages.Of(
        trace.Id,
        Ids([trace.TriggerMessageId]),
        Ids(ContextMessages(document).Select(message => message.DiscordMessageId)),
        Ids(document.Outcome?.SentMessageIds ?? []));

    private static IReadOnlyList<ContextMessagePart> ContextMessages(TraceDocument document) => document.ContextBuild?.Messages ?? [];

    private static IEnumerable<string> Ids(IEnumerable<string?> ids) =>
        ids.Select(TextCut.Name).OfType<string>().Select(MessageIdText.Normalise);

    private static string? Id(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static TraceParsing Unreadable(LogFile file, string message) => new(null, new FileProblem(file.Path, message));
}
