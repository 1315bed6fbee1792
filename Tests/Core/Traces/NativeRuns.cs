using System.Text.Json;
using Platform.Contracts.Activations;
using Platform.Contracts.Channels;
using Platform.Contracts.Traces;
using Platform.Core.Bots;
using Platform.Core.Channels;
using Platform.Core.Models.Calls;
using Platform.Core.Runs;

namespace Platform.Tests.Core.Traces;

/// <summary>Runs that end in every way, the same each time.</summary>
internal static class NativeRuns
{
    private static readonly DateTimeOffset Start = new DateTimeOffset(2026, 11, 21, 9, 30, 0, TimeSpan.Zero).AddTicks(1234560);

    /// <summary>By the name of the file that their document was recorded in.</summary>
    public static IReadOnlyDictionary<string, Func<RunRecord>> All { get; } = new Dictionary<string, Func<RunRecord>>
    {
        ["answered"] = Answered,
        ["silent"] = Silent,
        ["failed"] = Failed,
        ["cancelled"] = Cancelled,
    };

    private static RunRecord Answered()
    {
        var record = Begin(0.7f, null);
        record.Log.Warn("one \"warning\" <b> \u00e9\u2028");
        record.Log.Span("context_build", record.Log.Elapsed);
        return record with
        {
            State = ActivationState.Answered,
            Context = new ActivationContext(
                [
                    new ContextMessage(Id(20), "Grace", $"{new string('x', 149)}\U0001F600 and more", IsOwn: false, IsTrigger: false, Start.AddSeconds(-90)),
                    new ContextMessage(Id(21), "Ada", "short \u0000 \t end", IsOwn: true, IsTrigger: false, Start.AddSeconds(-60.5)),
                    new ContextMessage(Id(3), "Grace", "What is <this>?", IsOwn: false, IsTrigger: true, Start),
                ],
                Considered: 5,
                TruncateReason: "rolling_threshold"),
            Calls =
            [
                new ModelCallResult
                {
                    Model = "small",
                    StartedAt = Start.AddSeconds(1).ToOffset(TimeSpan.FromHours(2)),
                    Duration = TimeSpan.FromMilliseconds(12.9),
                    Error = new ModelError("model_timeout", "Nothing came."),
                },
                new ModelCallResult
                {
                    Provider = "openai",
                    Model = "large",
                    Rehearsal = true,
                    ApiBase = "https://models.example/v1",
                    StartedAt = Start.AddSeconds(2),
                    Duration = TimeSpan.FromSeconds(3),
                    TimeToFirstToken = TimeSpan.FromMilliseconds(420.7),
                    Timeline = new StreamTimeline(9, [new StreamPoint(20, 3), new StreamPoint(1900, 40)], [new StreamStall(20, 1500)]),
                    Text = "An \"answer\"\n\U0001F600",
                    TokensIn = 120,
                    TokensOut = 7,
                    CacheReadTokens = 100,
                    CacheWriteTokens = 0,
                    ReasoningTokens = 2,
                    StopReason = "end_turn",
                    Verdicts = [new CallVerdict("budget", "daily", "allowed", "1 of 2")],
                    Bodies = [Body(BodyKind.Request), Body(BodyKind.Response), Body(BodyKind.Request), Body(BodyKind.Response)],
                },
            ],
            Text = "An \"answer\"\n\U0001F600",
            AnswerMessageId = Id(9),
            OtelTraceId = "4bf92f3577b34da6a3ce929d0e0e4736",
        };
    }

    private static RunRecord Silent() => Begin(null, null) with
    {
        Trigger = null,
        State = ActivationState.Silent,
        SilentReason = "may_speak",
        Decision = new ActivationDecision(
            [new DecisionStep("bot_enabled", true, "yes"), new DecisionStep("may_speak", false, "no"), new DecisionStep("dotted_message", true, "no dot"), new DecisionStep("late", false, "too")]),
    };

    private static RunRecord Failed() => Begin(1, "another/model") with
    {
        State = ActivationState.Failed,
        Context = new ActivationContext([], 0, null),
        Calls = [new ModelCallResult { Model = "m", StartedAt = Start, Error = new ModelError("model_error", "It said no.") }],
        Error = new ActivationError("model_error", "It said no."),
        ErrorPhase = "llm_call",
        Text = "half an ans",
    };

    private static RunRecord Cancelled() => Begin(1.25f, null) with { State = ActivationState.Cancelled, CancelledBy = "grace", Error = new ActivationError("x", "y") };

    private static RunRecord Begin(float? temperature, string? model)
    {
        var bot = new BotDefinition
        {
            Name = "ada",
            Handle = "ada",
            DisplayName = "Ada",
            ContinuationModel = "rehearsal",
            SystemPrompt = "You are \"Ada\".\nBe kind.",
            Temperature = temperature,
            StopSequences = ["\n\nHuman:", "<stop>"],
            Interests = ["caf\u00e9s"],
            Extra = new Dictionary<string, JsonElement> { ["free"] = JsonElement.Parse("""{"a": [1, null]}""") },
        };
        var claim = new ActivationClaim(
            Id(1), "home", Id(4), Id(5), ActivationReason.Reply, Id(3), model, 7, 2, 1, 3, null, null, "corr-1", Start.AddMilliseconds(-40), Start);
        var log = new RunLog(new StillClock());
        log.Info("begun");
        log.Span("decision", TimeSpan.Zero);
        return new RunRecord
        {
            TraceId = Id(2),
            Claim = claim,
            Bot = bot,
            Worker = "worker-1",
            Trigger = new Message { Id = Id(3), TenantId = "home", ChannelId = Id(5), Sequence = 4, AuthorId = Id(6), Role = MessageRole.User, Content = "What is <this>?", CreatedAt = Start },
            TriggerAuthor = "Grace",
            Log = log,
            State = ActivationState.Failed,
            EndEventId = Id(8),
        };
    }

    private static Guid Id(int number) => new(number, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 0);

    private static ModelBody Body(BodyKind kind) => new(kind, new byte[] { 1 });

    /// <summary>A clock on which each look takes 7 ms.</summary>
    private sealed class StillClock : TimeProvider
    {
        private long _looks;

        public override long TimestampFrequency => 1000;

        public override DateTimeOffset GetUtcNow() => Start.AddMilliseconds(3);

        public override long GetTimestamp() => 7 * _looks++;
    }
}
