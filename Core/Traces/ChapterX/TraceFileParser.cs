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
    /// <summary>Larger files are read one at a time, in bytes: 1 MiB.</summary>
    public const int SmallFileBytes = 1024 * 1024;

    // Of what is read: as it is, repaired, as texts of two bytes a character, and compressed.
    private const int WeightOfByte = 6;
    private const int WeightOfKeptByte = 4;

    // {} takes two of them and becomes an object of a call.
    private const int WeightOfToken = 128;

    // A call of two bytes, {}, becomes a row of two hundred: a file must not fill the memory with them. Real activations have up to a hundred.
    private const int MostCalls = 10_000;
    private const int MostBodies = 10_000;
    private const int MostMessages = 100_000;

    private const double Mebibyte = 1024 * 1024;
    private const int BlockBytes = 64 * 1024;
    private const int MostSummaryBytes = 64 * 1024 * 1024;
    private const int MostElements = 250_000;
    private const int MostDetailBytes = 4 * 1024 * 1024;

    // Names of the members that the summary leaves out below.
    private static readonly HashSet<string> NotInSummary = ["rawDiscordMessages", "logs", "config", "platform"];

    private static readonly ExcerptLimits DetailLimits = new()
    {
        Keeps = name => name is "rawDiscordMessages" or "logs", MemberBytes = MostDetailBytes, TotalBytes = MostDetailBytes,
    };

    // What every trace needs; these are large.
    private static readonly TraceDocumentReader Summary = new(part => part is not
        (nameof(TraceDocument.RawDiscordMessages) or nameof(TraceDocument.Logs) or nameof(TraceDocument.Config) or nameof(TraceDocument.Platform)));

    // What few traces need besides.
    private static readonly TraceDocumentReader Details = new(part => part is nameof(TraceDocument.RawDiscordMessages) or nameof(TraceDocument.Logs));

    [ThreadStatic]
    private static IndexLineWriter? _lineWriter;

    private static readonly Dictionary<string, ActivationReason> Reasons =
        Enum.GetValues<ActivationReason>().ToDictionary(EnumText.Of, reason => reason);

    /// <summary>About the memory that a small file takes while it is parsed, in bytes.</summary>
    public static long WeightOf(ReadOnlySpan<byte> bytes) =>
        ((long)bytes.Length * WeightOfByte) + ((long)(bytes.Count((byte)',') + bytes.Count((byte)'{') + bytes.Count((byte)'[')) * WeightOfToken);

    /// <summary>Why a file is not imported.</summary>
    public static string NeedsTooMuch(long sizeBytes, long weight, long allowed) => weight > allowed
        ? FormattableString.Invariant($"The file has {sizeBytes / Mebibyte:0.#} MiB; importing it needs at least {weight / Mebibyte:0.#} MiB of memory, and the limit is {allowed / Mebibyte:0.#} MiB (Imports:MemoryBytes).")
        : FormattableString.Invariant($"The file has {sizeBytes / Mebibyte:0.#} MiB; importing it needs more memory than there is, and the limit is {allowed / Mebibyte:0.#} MiB (Imports:MemoryBytes).");

    /// <summary>Parses a file with excerpts of it: what the list does not need, such as original messages and texts, takes no memory but its bytes.</summary>
    /// <param name="file">The file.</param>
    /// <param name="bytes">All of it.</param>
    /// <param name="allowed">Memory that it may take, in bytes.</param>
    public TraceParsing ParseLarge(LogFile file, byte[] bytes, long allowed)
    {
        try
        {
            if (!Utf8.IsValid(bytes))
            {
                return Unreadable(file, "It is not valid UTF-8.");
            }

            var left = (allowed - bytes.Length) / 2;
            var summary = new JsonExcerpt(SummaryLimits((int)Math.Clamp(left / WeightOfKeptByte, 1, MostSummaryBytes)));
            var details = new JsonExcerpt(DetailLimits);
            for (var at = 0; at < bytes.Length; at += BlockBytes)
            {
                var block = bytes.AsSpan(at, Math.Min(BlockBytes, bytes.Length - at));
                summary.Push(block);
                details.Push(block);
                // The rest of the file would change nothing.
                if (summary.IsShortened)
                {
                    return Unreadable(file, WhyShortened(summary, bytes.Length, allowed));
                }
            }

            var kept = summary.Complete();
            var weight = bytes.Length + ((long)kept.Length * WeightOfKeptByte) + ((long)summary.Tokens * WeightOfToken);
            if (summary.IsShortened)
            {
                return Unreadable(file, WhyShortened(summary, bytes.Length, allowed));
            }

            if (weight > allowed || CompressedContent.OfLargeImport(bytes, allowed - weight) is not { } compressed)
            {
                return Unreadable(file, NeedsTooMuch(bytes.Length, weight, allowed));
            }

            var detail = details.Complete();
            return Parse(file, compressed, TraceReader.Read(kept, Summary), new Lazy<TraceDocument>(() => TraceReader.Read(detail, Details)));
        }
        catch (JsonException)
        {
            return Unreadable(file, $"It is not JSON, is cut off or nests deeper than {LargeJson.Depth} levels.");
        }
    }

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

            return Parse(file, CompressedContent.OfImport(bytes), TraceReader.Read(bytes, Summary), new Lazy<TraceDocument>(() => TraceReader.Read(bytes, Details)));
        }
        catch (JsonException exception)
        {
            return Unreadable(file, $"It is not JSON, is cut off or nests deeper than {LargeJson.Depth} levels: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.");
        }
    }

    private TraceParsing Parse(LogFile file, CompressedContent content, TraceDocument document, Lazy<TraceDocument> details)
    {
        if (IsEmpty(document))
        {
            return Unreadable(file, "It is not a trace: it has none of a trace's members.");
        }

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
        var trace = Trace(document, details, traceId, startedAt, channelId, bot, indexed?.Entry);
        var calls = document.LlmCalls.Select((call, position) => (Part: call, Row: LlmCallReader.Read(call, trace, position))).ToList();
        var bodies = calls.SelectMany(call => LlmCallReader.ReadBodies(call.Part, call.Row.Id)).ToList();
        bodies.AddRange(LlmCallReader.ReadLoggedRequests(details, calls, bodies).ToList());
        return new TraceParsing(
            new ParsedTrace(
                file,
                trace,
                content,
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

    /// <summary>The file's name may say which trace it is, but not what happened.</summary>
    private static bool IsEmpty(TraceDocument document) => document is
    {
        TraceId: null, Timestamp: null, ChannelId: null, BotId: null, TriggeringMessageId: null, Activation: null, ContextBuild: null,
        LlmCalls.Count: 0, ToolExecutions.Count: 0, Outcome: null, DurationMs: null,
    };

    private static ExcerptLimits SummaryLimits(int bytes) => new()
    {
        Keeps = name => !NotInSummary.Contains(name),
        Elements = MostElements,
        MemberBytes = bytes,
        TotalBytes = bytes,
    };

    private static string WhyShortened(JsonExcerpt summary, int sizeBytes, long allowed) => summary.HasLongArray
        ? $"One of its lists has more than {MostElements} entries, which is the limit."
        : NeedsTooMuch(sizeBytes, sizeBytes, allowed);

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
