using System.Text;
using System.Text.Json;
using Platform.Contracts.Traces.Document;

namespace Platform.Tests.Contracts.Traces.Document;

public sealed class TraceDocumentReaderTests
{
    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("1")]
    [InlineData("{}")]
    [InlineData("""{"activation":1,"rawDiscordMessages":{},"contextBuild":[],"llmCalls":"x","toolExecutions":null,"logs":true,"outcome":[{}],"platform":7}""")]
    public void Read_NothingOfTheShape_IsEmpty(string json)
    {
        var document = Read(json);

        Assert.Equal((null, null, null, null), (document.Activation, document.ContextBuild, document.Outcome, document.Platform));
        Assert.Empty(document.LlmCalls);
        Assert.Empty(document.ToolExecutions);
        Assert.Empty(document.Logs);
    }

    [Fact]
    public void Read_ValuesOfOtherTypes_AreReadOrCountAsAbsent()
    {
        var document = Read("""
            {"traceId":1289595876716707914,"guildId":{},"botId":"a\u0000b","durationMs":"1700","isThread":"yes",
             "llmCalls":[{"durationMs":12.6,"startedAt":1,"depth":"2","request":{"temperature":"0.5","maxTokens":1e400},"tokenUsage":{"inputTokens":true}}],
             "outcome":{"success":1,"sentMessageIds":["1",2,{},null],"error":"no object"}}
            """);

        Assert.Equal(("1289595876716707914", null, "a\uFFFDb", 1700, null), (document.TraceId, document.GuildId, document.BotId, document.DurationMs, document.IsThread));
        var call = Assert.Single(document.LlmCalls);
        Assert.Equal((13, null, 2, 0.5, int.MaxValue), (call.DurationMs, call.StartedAt, call.Depth, call.Request?.Temperature, call.Request?.MaxTokens));
        Assert.NotNull(call.TokenUsage);
        Assert.Null(call.TokenUsage.InputTokens);
        Assert.Equal((null, null), (document.Outcome?.Success, document.Outcome?.Error));
        Assert.Equal(["1", "2"], document.Outcome?.SentMessageIds ?? []);
    }

    [Fact]
    public void Read_ElementsOfOtherTypes_KeepTheirPlaces()
    {
        var calls = Read("""{"llmCalls":[null,{"callId":"a"},[{"callId":"b"}],{"callId":"c"}]}""").LlmCalls;

        Assert.Equal([null, "a", null, "c"], calls.Select(call => call.CallId));
    }

    [Fact]
    public void Read_KeyTwice_TakesTheLast()
    {
        var document = Read("""{"botId":"a","logs":[{"message":"a"}],"botId":"b","logs":[{"message":"b","level":"info","message":"c"}]}""");

        Assert.Equal(("b", "c"), (document.BotId, Assert.Single(document.Logs).Message));
    }

    [Theory]
    [InlineData("2026-03-01T12:00:00.0000019Z", "2026-03-01T12:00:00.000001+00:00")]
    [InlineData("2026-03-01T12:00:00+02:00", "2026-03-01T10:00:00+00:00")]
    [InlineData("2026-03-01", "2026-03-01T00:00:00+00:00")]
    [InlineData("yesterday", null)]
    [InlineData("12:30", null)]
    public void Read_Time_IsUtcInMicroseconds(string text, string? expected)
    {
        var message = Read($$$"""{"contextBuild":{"messages":[{"discordTimestamp":"{{{text}}}","participant":"p"}]}}""").ContextBuild?.Messages[0];

        Assert.Equal("p", message?.Participant);
        Assert.Equal(expected is null ? null : DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), message?.DiscordTimestamp);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("""{"llmCalls":[{"a":[1,]}]}""")]
    [InlineData("""{"config":{"a":x}}""")]
    public void Read_NotJson_Throws(string json) => Assert.ThrowsAny<JsonException>(() => Read(json));

    [Fact]
    public void Read_DeeperThanAllowed_Throws()
    {
        Assert.ThrowsAny<JsonException>(() => Read($$"""{"other":{{new string('[', 600)}}{{new string(']', 600)}}}"""));
        Assert.Equal(JsonValueKind.Array, Read($$"""{"config":{{new string('[', 505)}}{{new string(']', 505)}}}""").Config?.ValueKind);
    }

    [Fact]
    public void Read_UnknownMembers_AreKeptWhereTheyStand()
    {
        const string Json = """{"later":{"a":[1]},"llmCalls":[{"callId":"a","alsoLater":true}]}""";

        var kept = new TraceDocumentReader(keepsUnknown: true).Read(Encoding.UTF8.GetBytes(Json));
        var again = JsonElement.Parse(TraceDocumentJson.Write(kept));

        Assert.Equal(1, again.GetProperty("later").GetProperty("a")[0].GetInt32());
        Assert.True(again.GetProperty("llmCalls")[0].GetProperty("alsoLater").GetBoolean());
        Assert.Null(Read(Json).Unknown);
    }

    [Fact]
    public void Read_SomeParts_SkipsTheOthers()
    {
        var reader = new TraceDocumentReader(part => part is nameof(TraceDocument.Logs), text => text[..1]);

        var document = reader.Read("""{"botId":"b","config":{},"llmCalls":[{}],"logs":[{"message":"long"}]}"""u8);

        Assert.Equal((null, null, 0, "l"), (document.BotId, document.Config, document.LlmCalls.Count, document.Logs[0].Message));
    }

    [Fact]
    public void Read_MoreElementsThanAnyTraceHas_TakesNoMoreMemoryThanTheFirstOnesNeed()
    {
        var json = Encoding.UTF8.GetBytes($$"""{"llmCalls":[{{string.Join(',', Enumerable.Repeat("{}", 1_000_000))}}],"botId":"b"}""");
        var reader = new TraceDocumentReader();
        var before = GC.GetAllocatedBytesForCurrentThread();

        var document = reader.Read(json);

        Assert.Equal((250_000, "b"), (document.LlmCalls.Count, document.BotId));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000_000);
    }

    [Fact]
    public void Read_TenThousandMessages_AllocatesLittleMoreThanTheirText()
    {
        var message = $$"""{"position":1,"discordMessageId":"1443802636351438931","participant":"ada","contentPreview":"{{new string('x', 150)}}","contentLength":900,"tokenEstimate":30,"transformations":[],"isTrigger":false,"hasImages":false,"imageCount":0,"hasCacheControl":false,"discordTimestamp":"2026-03-01T12:00:00.000Z"}""";
        var json = Encoding.UTF8.GetBytes($$$"""{"contextBuild":{"messages":[{{{string.Join(',', Enumerable.Repeat(message, 10_000))}}}]}}""");
        var reader = new TraceDocumentReader();
        reader.Read("""{"contextBuild":{"messages":[{}]}}"""u8);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var document = reader.Read(json);

        Assert.Equal(10_000, document.ContextBuild?.Messages.Count);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 3 * json.Length);
    }

    [Fact]
    public void Unread_PartsOfAnotherShape_AreNamed()
    {
        var unread = new TraceDocumentReader().Unread(JsonElement.Parse("""{"logs":{},"outcome":[],"llmCalls":[1],"platform":null,"botId":7,"other":1}"""));

        Assert.Equal(["logs", "outcome"], unread);
    }

    private static TraceDocument Read(string json) => new TraceDocumentReader().Read(Encoding.UTF8.GetBytes(json));
}
