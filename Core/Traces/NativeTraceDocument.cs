using System.Globalization;
using System.Text.Json;
using Platform.Contracts.Activations;
using Platform.Contracts.Traces;
using Platform.Contracts.Traces.Document;
using Platform.Core.Bots;
using Platform.Core.Models.Calls;
using Platform.Core.Runs;
using Platform.Core.Storage;
using Platform.Core.Text;

namespace Platform.Core.Traces;

/// <summary>Makes the trace document of a run of ours.</summary>
public static class NativeTraceDocument
{
    private const int ContextPreviewLength = 150;

    /// <summary>Writes the document of a run.</summary>
    /// <returns>UTF-8 JSON.</returns>
    public static byte[] Write(RunRecord record) => TraceDocumentJson.Write(Of(record));

    /// <summary>The id of a call inside the document.</summary>
    public static string CallId(Guid traceId, int position) => $"{traceId}-llm-{position}";

    /// <summary>The name under which the document refers to a body.</summary>
    public static string BodyRef(string callId, string kind, int position) => $"{callId}-{kind}-{position}.json";

    /// <summary>Maps a run to its document.</summary>
    public static TraceDocument Of(RunRecord record) => new()
    {
        TraceId = record.TraceId.ToString(),
        Timestamp = record.Claim.StartedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture),
        ChannelId = record.Claim.ChannelId.ToString(),
        TriggeringMessageId = record.Claim.TriggerMessageId?.ToString(),
        BotId = record.Bot.Handle,
        Activation = Activation(record),
        ContextBuild = record.Context is { } context ? Context(record.Bot, context) : null,
        LlmCalls = [.. record.Calls.Select((call, position) => Call(record, call, position))],
        Logs = [.. record.Log.Lines.Select(line => new LogPart { OffsetMs = (int)line.Offset.TotalMilliseconds, Level = line.Level, Message = line.Message })],
        Outcome = Outcome(record),
        DurationMs = (int)record.Log.Elapsed.TotalMilliseconds,
        Config = JsonElement.Parse(BotDefinitionJson.Write(record.Bot)),
        Platform = Platform(record),
    };

    private static ActivationPart Activation(RunRecord record) => new()
    {
        Reason = EnumText.Of(record.Claim.Reason),
        TriggerEvents = record.Trigger is not { } trigger ? [] :
        [
            new TriggerPart
            {
                Type = "message",
                MessageId = trigger.Id.ToString(),
                AuthorId = trigger.AuthorId.ToString(),
                AuthorName = record.TriggerAuthor,
                ContentPreview = Preview.Of(trigger.Content, Trace.PreviewLength),
            },
        ],
    };

    private static ContextPart Context(BotDefinition bot, ActivationContext context)
    {
        var system = TokenEstimate.Of(bot.SystemPrompt);
        var messages = context.Messages.Select(ContextMessage).ToList();
        var estimated = messages.Sum(message => message.TokenEstimate);
        return new ContextPart
        {
            MessagesConsidered = context.Considered,
            MessagesIncluded = messages.Count,
            Messages = messages,
            ImagesIncluded = 0,
            ToolCacheEntries = 0,
            DidTruncate = context.TruncateReason is not null,
            TruncateReason = context.TruncateReason,
            MessagesRolledOff = context.Considered - messages.Count,
            StopSequences = bot.StopSequences,
            TokenEstimates = new TokenEstimatesPart { System = system, Messages = estimated, Total = system + estimated },
            ConfigSnapshot = new ContextLimitsPart { RecencyWindow = bot.RecencyWindowMessages, RollingThreshold = bot.RollingThreshold, MaxImages = 0 },
        };
    }

    private static ContextMessagePart ContextMessage(ContextMessage message, int position) => new()
    {
        Position = position,
        DiscordMessageId = message.MessageId.ToString(),
        Participant = message.Participant,
        ContentPreview = message.Content.Length > ContextPreviewLength ? Preview.Of(message.Content, ContextPreviewLength) + "..." : message.Content,
        ContentLength = message.Content.Length,
        TokenEstimate = TokenEstimate.Of(message.Content),
        IsTrigger = message.IsTrigger,
        DiscordTimestamp = message.CreatedAt,
    };

    private static CallPart Call(RunRecord record, ModelCallResult call, int position)
    {
        var callId = CallId(record.TraceId, position);
        var requests = BodyRefs(call, callId, BodyKind.Request);
        var responses = BodyRefs(call, callId, BodyKind.Response);
        return new CallPart
        {
            CallId = callId,
            StartedAt = call.StartedAt,
            DurationMs = (int)call.Duration.TotalMilliseconds,
            Model = call.Model,
            Provider = call.Provider,
            TimeToFirstTokenMs = (int?)call.TimeToFirstToken?.TotalMilliseconds,
            Request = new CallRequestPart
            {
                MessageCount = record.Context?.Messages.Count ?? 0,
                SystemPromptLength = record.Bot.SystemPrompt.Length,
                Temperature = Exactly(record.Bot.Temperature),
                MaxTokens = record.Bot.MaxTokens,
                ApiBaseUrl = call.ApiBase,
            },
            RequestBodyRef = requests?[0],
            RequestBodyRefs = requests,
            Response = new CallResponsePart { StopReason = call.StopReason, ContentBlocks = call.Text.Length > 0 ? 1 : 0, TextLength = call.Text.Length, ReasoningLength = call.ReasoningLength > 0 ? call.ReasoningLength : null },
            ResponseBodyRef = responses?[^1],
            ResponseBodyRefs = responses,
            TokenUsage = new TokenUsagePart
            {
                InputTokens = call.TokensIn ?? 0,
                OutputTokens = call.TokensOut ?? 0,
                CacheCreationTokens = call.CacheWriteTokens,
                CacheReadTokens = call.CacheReadTokens,
                ReasoningTokens = call.ReasoningTokens,
                Estimated = call.TokensEstimated ? true : null,
            },
            Timeline = call.Timeline is not { } timeline ? null : new TimelinePart
            {
                Chunks = timeline.Chunks,
                Points = [.. timeline.Points.Select(point => new TimelinePoint(point.AtMs, point.Characters))],
                Stalls = [.. timeline.Stalls.Select(stall => new StallPart { AtMs = stall.AtMs, DurationMs = stall.DurationMs })],
            },
            Error = call.Error is { } error ? new CallErrorPart { Message = error.Message, Code = error.Code, RetryCount = 0 } : null,
        };
    }

    private static List<string>? BodyRefs(ModelCallResult call, string callId, BodyKind kind) =>
        call.Bodies.Where(body => body.Kind == kind).Select((_, index) => BodyRef(callId, EnumText.Of(kind), index)).ToList() is { Count: > 0 } refs ? refs : null;

    /// <summary>The number with the digits that it was set with: 0.7 is another number as a double.</summary>
    private static double? Exactly(float? number) =>
        number is { } set ? double.Parse(set.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : null;

    private static OutcomePart Outcome(RunRecord record) => new()
    {
        Success = record.State is ActivationState.Answered or ActivationState.Silent,
        ResponseText = record.Text,
        ResponseLength = record.Text.Length,
        SentMessageIds = record.AnswerMessageId is { } sent ? [sent.ToString()] : [],
        MessagesSent = record.AnswerMessageId is null ? 0 : 1,
        Error = record.Error is { } error ? new OutcomeErrorPart { Message = error.Message, Phase = record.ErrorPhase ?? "llm_call", Code = error.Code } : null,
        StateUpdates = new StateUpdatesPart(),
    };

    private static PlatformPart Platform(RunRecord record)
    {
        var claim = record.Claim;
        return new PlatformPart
        {
            Version = 1,
            ActivationId = claim.Id.ToString(),
            State = EnumText.Of(record.State),
            SilentReason = record.SilentReason,
            CancelledBy = record.CancelledBy,
            Attempt = claim.Attempt,
            Deferrals = claim.Deferrals,
            Fence = claim.Fence,
            Worker = record.Worker,
            ModelOverride = claim.Model,
            QueuedAt = claim.CreatedAt,
            WaitedMs = (long)(claim.StartedAt - claim.CreatedAt).TotalMilliseconds,
            BegunAt = record.Log.StartedAt,
            Rehearsal = record.Calls is [.., { Rehearsal: true }],
            CorrelationId = claim.CorrelationId,
            OtelTraceId = record.OtelTraceId,
            Decision = Decision(record.Decision?.Steps ?? []),
            Spans = [.. record.Log.Spans.Select(Span)],
            Verdicts = [.. record.Verdicts.Select(verdict => new VerdictPart { Kind = verdict.Kind, Name = verdict.Name, Verdict = verdict.Verdict, Detail = verdict.Detail })],
            Links = new LinksPart
            {
                TriggerMessageId = claim.TriggerMessageId?.ToString(),
                AnswerMessageId = record.AnswerMessageId?.ToString(),
                EventId = record.EndEventId.ToString(),
                OtelTraceId = record.OtelTraceId,
                CorrelationId = claim.CorrelationId,
            },
        };
    }

    private static IReadOnlyList<DecisionStepPart> Decision(IReadOnlyList<DecisionStep> steps)
    {
        var decisive = steps.TakeWhile(step => step.Passed).Count();
        return
        [
            .. steps.Select((step, index) => new DecisionStepPart
            {
                Rule = step.Rule, Verdict = step.Passed ? "pass" : "silent", Detail = step.Detail, Decisive = index > decisive ? false : null,
            }),
        ];
    }

    private static SpanPart Span(RunSpan span) =>
        new() { Name = span.Name, OffsetMs = (long)span.Offset.TotalMilliseconds, DurationMs = (long)span.Duration.TotalMilliseconds };
}
