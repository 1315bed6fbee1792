using System.Text;
using System.Text.Json;
using Platform.Contracts.Activations;
using Platform.Contracts.Channels;
using Platform.Contracts.Traces.Document;
using Platform.Core.Activations.Completion;
using Platform.Core.Activations.Context;
using Platform.Core.Activations.Policies;
using Platform.Core.Bots;
using Platform.Core.Models.Calls;
using Platform.Core.Runs;
using Platform.Core.Traces;

namespace Platform.Tests.Core.Traces;

public sealed class NativeTraceDocumentTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 9, 30, 0, TimeSpan.Zero);

    /// <summary>Documents are what other programs read and what exports hold: not a byte of their layout changes unnoticed.</summary>
    [Theory]
    [InlineData("answered")]
    [InlineData("silent")]
    [InlineData("failed")]
    [InlineData("cancelled")]
    public void Write_Run_HasTheRecordedBytes(string run)
    {
        var recorded = File.ReadAllText(Repository.PathOf("Tests", "Fixtures", "native-documents", $"{run}.json"));

        Assert.Equal(recorded, Encoding.UTF8.GetString(NativeTraceDocument.Write(NativeRuns.All[run]())));
    }

    [Theory]
    [InlineData("answered")]
    [InlineData("silent")]
    [InlineData("failed")]
    [InlineData("cancelled")]
    public void Read_WrittenRun_WrittenAgain_IsTheSame(string run)
    {
        var written = NativeTraceDocument.Write(NativeRuns.All[run]());

        var again = TraceDocumentJson.Write(new TraceDocumentReader(keepsUnknown: true).Read(written));

        // What is read can be stored as text, so a NUL is replaced.
        Assert.Equal(Encoding.UTF8.GetString(written).Replace("\\u0000", "\uFFFD", StringComparison.Ordinal), Encoding.UTF8.GetString(again));
    }

    [Fact]
    public void Write_Silent_MarksRulesThatWereAskedAfterTheDecision()
    {
        var record = Record(maySpeak: false);
        record = record with { Decision = new ConversationPolicy().Decide(new ActivationFacts(record.Bot, true, ChannelKind.Conversation, null, null, null)), State = ActivationState.Silent, SilentReason = "may_speak" };

        var bytes = NativeTraceDocument.Write(record);

        var platform = JsonElement.Parse(bytes).GetProperty("platform");
        Assert.Equal(
            [("bot_enabled", "pass", true), ("may_speak", "silent", true), ("trigger_present", "silent", false), ("dotted_message", "pass", false)],
            platform.GetProperty("decision").EnumerateArray().Select(step => (
                step.GetProperty("rule").GetString(), step.GetProperty("verdict").GetString(), !step.TryGetProperty("decisive", out _))));
        Assert.Equal(0, platform.GetProperty("verdicts").GetArrayLength());
        Assert.InRange(bytes.Length, 1, 6_000);
    }

    [Fact]
    public void Write_Call_KeepsHowItStreamed()
    {
        var record = Record() with
        {
            State = ActivationState.Answered,
            Calls =
            [
                new ModelCallResult
                {
                    Model = "m",
                    StartedAt = Start,
                    Timeline = new StreamTimeline(9, [new StreamPoint(20, 3), new StreamPoint(1900, 40)], [new StreamStall(20, 1500)]),
                },
            ],
        };

        var timeline = JsonElement.Parse(NativeTraceDocument.Write(record)).GetProperty("llmCalls")[0].GetProperty("timeline");

        Assert.Equal(9, timeline.GetProperty("chunks").GetInt32());
        Assert.Equal("[[20,3],[1900,40]]", timeline.GetProperty("points").GetRawText());
        Assert.Equal(1500, timeline.GetProperty("stalls")[0].GetProperty("durationMs").GetInt32());
    }

    [Fact]
    public void Write_AnyEnd_NamesTheEventThatTellsOfIt()
    {
        var record = Record() with { State = ActivationState.Silent, SilentReason = "may_speak" };

        var links = JsonElement.Parse(NativeTraceDocument.Write(record)).GetProperty("platform").GetProperty("links");

        Assert.Equal(ActivationEvents.Ended(record).Single().Id, links.GetProperty("eventId").GetGuid());
    }

    private static RunRecord Record(bool maySpeak = true)
    {
        var bot = new BotDefinition { Name = "ada", Handle = "ada", DisplayName = "Ada", ContinuationModel = "rehearsal", MaySpeak = maySpeak };
        var claim = new ActivationClaim(
            Guid.CreateVersion7(), "home", Guid.CreateVersion7(), Guid.CreateVersion7(), ActivationReason.Timer, null, null, 1, 1, 0, 0, null, null, null, Start, Start);
        return new ActivationFacts(bot, Enabled: true, ChannelKind.Conversation, "Hall", Trigger: null, TriggerAuthor: null).Begin(claim, "test", TimeProvider.System);
    }
}
