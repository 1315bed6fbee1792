using System.Text;
using Platform.Core.Models.Calls;

namespace Platform.Tests.Core.Models;

/// <summary>Answers as servers send them that keep to no standard.</summary>
public sealed class AwkwardAnswerTests(AwkwardAnswerTests.Place place) : IClassFixture<AwkwardAnswerTests.Place>
{
    private const string Key = "sk-awkward-0123456789";
    private const string Json = "HTTP/1.1 200 OK\r\nContent-Type: application/json";
    private const string Finish = "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

    [Theory]
    [InlineData("data: {\"error\":{\"message\":\"out of oil\",\"code\":503}}", "model_error", "out of oil")]
    [InlineData("data: {\"error\":\"out of oil\"}", "model_error", "out of oil")]
    [InlineData("data: [{\"error\":{\"message\":\"out of oil\",\"status\":\"RESOURCE\"}}]", "model_error", "out of oil")]
    [InlineData("data: {\"errors\":[{\"message\":\"out of oil\"},{\"message\":\"and gas\"}]}", "model_error", "out of oil; and gas")]
    [InlineData("data: {\"object\":\"error\",\"message\":\"too long\",\"type\":\"BadRequestError\",\"code\":400}", "model_rejected", "too long")]
    [InlineData("data: {\"detail\":\"out of oil\"}", "model_error", "out of oil")]
    [InlineData("data: {\"base_resp\":{\"status_code\":1008,\"status_msg\":\"no balance\"}}", "model_error", "no balance")]
    [InlineData("data: {\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"slow down\"}}", "rate_limited", "slow down")]
    [InlineData("event: error\ndata: out of oil", "model_error", "out of oil")]
    [InlineData("event: error\ndata: {\"reason\":\"out of oil\"}", "model_error", "out of oil")]
    [InlineData("error: {\"code\":500,\"message\":\"out of oil\"}", "model_error", "out of oil")]
    [InlineData("data: [ERROR] out of oil", "model_error", "[ERROR] out of oil")]
    [InlineData("data: {\"choices\":[{\"delta\":{\"content\":\"!\"},\"finish_reason\":\"error\",\"error\":{\"message\":\"pump broke\"}}]}", "model_error", "pump broke")]
    [InlineData("data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"error\"}]}\n\ndata: {\"error\":{\"message\":\"pump broke\"}}", "model_error", "pump broke")]
    [InlineData("data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"insufficient_system_resource\"}]}", "model_error", "insufficient_system_resource")]
    [InlineData("data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: {\"error\":{\"message\":\"pump broke\"}}", "model_error", "pump broke")]
    [InlineData("data: {\"error\":{\"message\":\"Provider returned error\",\"metadata\":{\"raw\":\"{\\\"error\\\":{\\\"message\\\":\\\"pump broke\\\"}}\"}}}", "model_error", "Provider returned error: pump broke")]
    [InlineData("data: {\"error\":{\"code\":\"overloaded\"}}", "model_error", "code overloaded")]
    public async Task Stream_ReportsAnError_FailsWithItsMessageAndKeepsTheText(string report, string code, string message)
    {
        foreach (var before in new[] { "", Text("Well ") })
        {
            var (result, _) = await AskAsync($"{before}{report}\n\ndata: [DONE]\n\n");

            Assert.Equal(code, result.Error?.Code);
            Assert.Contains(message, result.Error?.Message, StringComparison.Ordinal);
            Assert.StartsWith(before.Length == 0 ? "" : "Well ", result.Text, StringComparison.Ordinal);
            Assert.Null(result.StopReason);
        }
    }

    [Theory]
    [InlineData("data: {\"code\":\"InternalError\",\"message\":\"pump broke\",\"request_id\":\"1\"}")]
    [InlineData("data: {\"message\":\"pump broke\"}")]
    [InlineData("event: exception\ndata: {\"type\":\"exception\",\"message\":\"pump broke\"}")]
    public async Task Stream_SaysSomethingElseAndGivesNoFinishReason_IsBroken(string remark)
    {
        var (broken, _) = await AskAsync($"{Text("Well ")}{remark}\n\ndata: [DONE]\n\n");
        var (whole, _) = await AskAsync($"{Text("Well.")}{remark}\n\n{Finish}");

        Assert.Equal(("stream_broken", "Well ", null), (broken.Error?.Code, broken.Text, broken.StopReason));
        Assert.Contains("the server sent: pump broke", broken.Error?.Message, StringComparison.Ordinal);
        Assert.Equal((null, "Well."), (whole.Error, whole.Text));
    }

    [Theory]
    [InlineData("{\"choices\":[{\"message\":{\"content\":\"Half\"},\"finish_reason\":\"error\",\"error\":{\"message\":\"pump broke\"}}]}", "pump broke")]
    [InlineData("{\"choices\":null,\"error\":\"pump broke\"}", "pump broke")]
    [InlineData("{\"code\":500,\"msg\":\"pump broke\"}", "pump broke")]
    [InlineData("<!DOCTYPE html>\n<html><head><title>Sign &amp; pay</title></head>", "it held no answer; the server sent: Sign & pay")]
    [InlineData("no healthy upstream", "it held no answer; the server sent: no healthy upstream")]
    [InlineData("{\"code\":1301,\"msg\":\"pump broke\"}", "the server sent: pump broke")]
    public async Task Whole_WithoutAnAnswer_FailsWithWhatTheServerSent(string body, string message)
    {
        foreach (var head in new[] { Json, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream", "HTTP/1.1 200 OK" })
        {
            var (result, _) = await AskAsync(body, head);

            Assert.Contains(message, result.Error?.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("data:")]
    [InlineData("data:   ")]
    [InlineData(": working")]
    [InlineData("event: ping\ndata: {\"type\":\"ping\"}")]
    [InlineData("event: heartbeat\ndata: now")]
    [InlineData("data: keep-alive")]
    [InlineData("data: {}")]
    [InlineData("data: []")]
    [InlineData("data: null")]
    [InlineData("data: {\"choices\":[],\"error\":null}")]
    [InlineData("id: 4\nretry: 1000")]
    [InlineData(" \t")]
    public async Task Stream_KeepAlive_IsPassedOver(string keepAlive)
    {
        var (result, pieces) = await AskAsync($"{keepAlive}\n\n{Text("A")}{keepAlive}\n\n{Text("B")}{keepAlive}\n\n{Finish}");

        Assert.Null(result.Error);
        Assert.Equal(["A", "B"], pieces);
        Assert.Equal("end_turn", result.StopReason);
    }

    [Theory]
    [InlineData("{\"content\":[{\"type\":\"text\",\"text\":\"Yes\"},{\"type\":\"text\",\"text\":\".\"}]}", "Yes.", 0)]
    [InlineData("{\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"hmm\"}]},\"Yes.\"]}", "Yes.", 3)]
    [InlineData("{\"content\":[{\"type\":\"thinking\",\"thinking\":\"hmm\"},{\"type\":\"output_text\",\"text\":\"Yes.\"}]}", "Yes.", 3)]
    [InlineData("{\"content\":{\"type\":\"text\",\"text\":\"Yes.\"},\"reasoning\":\"hmm\",\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"hmm\"}]}", "Yes.", 3)]
    [InlineData("{\"content\":\"Yes.\",\"reasoning_details\":[{\"type\":\"reasoning.summary\",\"summary\":\"hm\"}]}", "Yes.", 2)]
    [InlineData("{\"content\":[{\"type\":\"text\",\"thought\":true,\"text\":\"hm\"},{\"type\":\"image_url\",\"image_url\":{}},{\"type\":\"text\",\"text\":\"Yes.\"}]}", "Yes.", 2)]
    public async Task Content_InParts_IsReadByType(string message, string text, int reasoning)
    {
        var (streamed, _) = await AskAsync($"data: {{\"choices\":[{{\"delta\":{message}}}]}}\n\n{Finish}");
        var (whole, _) = await AskAsync($"{{\"choices\":[{{\"message\":{message}}}]}}", Json);

        Assert.Equal((text, reasoning), (streamed.Text, streamed.ReasoningLength));
        Assert.Equal((text, reasoning), (whole.Text, whole.ReasoningLength));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/x-ndjson")]
    [InlineData("text/plain; charset=utf-8")]
    [InlineData("application/octet-stream")]
    [InlineData(null)]
    public async Task Stream_UnderAnyContentType_IsReadByItsFirstBytes(string? type)
    {
        var head = type is null ? "HTTP/1.1 200 OK" : $"HTTP/1.1 200 OK\r\nContent-Type: {type}";

        var (events, _) = await AskAsync($": hello\n\n{Text("A")}{Text("B")}{Finish}", head);
        var (lines, _) = await AskAsync(
            "{\"choices\":[{\"delta\":{\"content\":\"A\"}}]}\n{\"choices\":[{\"delta\":{\"content\":\"B\"},\"finish_reason\":\"stop\"}]}\n", head);
        var (whole, _) = await AskAsync("\n {\n \"choices\": [\n {\"message\": {\"content\": \"AB\"}}\n ]\n}", head);

        Assert.Equal((null, "AB", "end_turn"), (events.Error, events.Text, events.StopReason));
        Assert.Equal((null, "AB", "end_turn"), (lines.Error, lines.Text, lines.StopReason));
        Assert.Equal((null, "AB", "end_turn"), (whole.Error, whole.Text, whole.StopReason));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("\n\ndata: {\"choices\":[{\"del")]
    public async Task Stream_EndsAfterItsFinishReason_IsWhole(string end)
    {
        var (result, _) = await AskAsync($"{Text("Done so")}data: {{\"choices\":[{{\"delta\":{{\"content\":\"on\"}},\"finish_reason\":\"stop\"}}]}}{end}");

        Assert.Equal((null, "Done soon"), (result.Error, result.Text));
    }

    [Theory]
    [InlineData("a \\ud83e|\\udd80 b", "a \U0001F980 b")]
    [InlineData("\\uD83E|\\uDD80", "\U0001F980")]
    [InlineData("a \\ud83e|b", "a \uFFFDb")]
    [InlineData("a|\\udd80", "a\uFFFD")]
    [InlineData("a \\ud83e", "a \uFFFD")]
    [InlineData("\\ud83e\\udd80\\ud83e|\\udd80 \\u00e4\\n\\\"\\\\", "\U0001F980\U0001F980 ä\n\"\\")]
    public async Task Stream_HalvesOfAPair_AreJoined(string pieces, string text)
    {
        var (result, handedOut) = await AskAsync(string.Concat(pieces.Split('|').Select(piece => $"data: {{\"choices\":[{{\"delta\":{{\"content\":\"{piece}\"}}}}]}}\n\n")) + Finish);

        Assert.Equal((null, text), (result.Error, result.Text));
        Assert.Equal(text, string.Concat(handedOut));
        Assert.All(handedOut, piece => Assert.NotEmpty(new UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(piece)));
    }

    [Theory]
    [InlineData("<think>Is it?", " It is.</think>\n\nYes.", "Yes.", "end_turn", 13)]
    [InlineData("<thi", "nking>x</thinking>Yes.", "Yes.", "end_turn", 1)]
    [InlineData("<think>", "never ends", "", "open_reasoning", 10)]
    [InlineData("Yes: ", "<think>is a tag</think>", "Yes: <think>is a tag</think>", "end_turn", 0)]
    public async Task Stream_ReasoningInTheText_IsNotTheAnswer(string first, string second, string text, string stop, int reasoning)
    {
        var (result, pieces) = await AskAsync(Text(first) + Text(second) + Finish);

        Assert.Equal((text, stop, reasoning), (result.Text, result.StopReason, result.ReasoningLength));
        Assert.Equal(text, string.Concat(pieces));
    }

    [Theory]
    [InlineData("{\"prompt_tokens\":0,\"completion_tokens\":0}", "null", null, null)]
    [InlineData("null", "null", null, null)]
    [InlineData("{\"prompt_tokens\":41,\"completion_tokens\":2}", "{\"prompt_tokens\":0,\"completion_tokens\":0,\"total_tokens\":0}", 41, 2)]
    [InlineData("{\"prompt_tokens\":41,\"completion_tokens\":2}", "{\"prompt_tokens\":null}", 41, 2)]
    [InlineData("{\"prompt_tokens\":41,\"completion_tokens\":1}", "{\"prompt_tokens\":41,\"completion_tokens\":2}", 41, 2)]
    [InlineData("{\"input_tokens\":41}", "{\"output_tokens\":2}", 41, 2)]
    [InlineData("{\"prompt_tokens\":0,\"completion_tokens\":2}", "null", null, 2)]
    [InlineData("{\"prompt_tokens\":-1,\"completion_tokens\":-1}", "null", null, null)]
    public async Task Usage_ZeroOrMissing_IsNoCount(string first, string last, int? sent, int? received)
    {
        var before = await place.UsedAsync();

        var (result, _) = await AskAsync(
            $"data: {{\"choices\":[{{\"delta\":{{\"content\":\"Hello there\"}}}}],\"usage\":{first}}}\n\ndata: {{\"choices\":[{{\"delta\":{{}},\"finish_reason\":\"stop\"}}],\"usage\":{last}}}\n\n");

        // "You are Ada." and "Hello?" are 18 characters, the answer has 11.
        Assert.Equal((sent ?? 6, received ?? 4, sent is null || received is null), (result.TokensIn, result.TokensOut, result.TokensEstimated));
        Assert.Equal((long)result.TokensIn! + (long)result.TokensOut!, await place.UsedAsync() - before);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(300_001)]
    public async Task Answer_TooLong_IsCutAndSaidSo(int deltaLength)
    {
        var filler = new string('x', ModelCall.MaxTextLength - 2);
        var delta = "\U0001F980" + new string('y', deltaLength);

        var (result, pieces) = await AskAsync($"{Text("z")}{Text(filler)}{Text(delta)}{Finish}");

        Assert.Equal((null, "max_characters"), (result.Error, result.StopReason));
        Assert.Equal("z" + filler, result.Text);
        Assert.Equal(result.Text, string.Concat(pieces));
        Assert.True(result.TokensEstimated);
    }

    [Fact]
    public async Task Answer_AsLongAsItMayBe_IsWhole()
    {
        var (result, _) = await AskAsync(Text(new string('x', ModelCall.MaxTextLength)) + Finish);

        Assert.Equal(("end_turn", ModelCall.MaxTextLength), (result.StopReason, result.Text.Length));
    }

    [Fact]
    public async Task Event_TooLong_BreaksOffWithTheReason()
    {
        var (result, _) = await AskAsync(Text("A") + "data: " + new string('x', 6 * 1024 * 1024));

        Assert.Equal(("stream_broken", "A"), (result.Error?.Code, result.Text));
        Assert.Contains("one event is longer than 4 MiB", result.Error?.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"error\":{\"message\":\"bad role\"}}", "local answered 422: bad role")]
    [InlineData("[{\"error\":{\"code\":400,\"message\":\"bad role\",\"status\":\"INVALID\"}}]", "local answered 422: bad role")]
    [InlineData("{\"detail\":\"bad role\"}", "local answered 422: bad role")]
    [InlineData("{\"detail\":[{\"loc\":[\"body\",\"messages\",1],\"msg\":\"bad role\"},{\"loc\":[\"body\"],\"msg\":\"no model\"}]}", "local answered 422: bad role (body.messages.1); no model (body)")]
    [InlineData("{\"errors\":{\"message\":\"bad role\"}}", "local answered 422: bad role")]
    [InlineData("{\"errors\":[\"bad role\"]}", "local answered 422: bad role")]
    [InlineData("{\"error\":\"bad role\"}", "local answered 422: bad role")]
    [InlineData("\"bad role\"", "local answered 422: bad role")]
    [InlineData("bad\r\nrole", "local answered 422: bad role")]
    [InlineData("{\"message\":\"{\\\"error\\\":\\\"bad role\\\"}\"}", "local answered 422: bad role")]
    [InlineData("{\"message\":{\"detail\":\"bad role\"}}", "local answered 422: bad role")]
    [InlineData("<html><head><style>p{}</style><title> 422\n Bad </title></head><p>role", "local answered 422: 422 Bad")]
    [InlineData("<h1>Bad</h1><script>1<2</script>&lt;role&gt;", "local answered 422: Bad <role>")]
    [InlineData("{\"errors\":{\"role\":[\"is bad\",\"is late\"],\"model\":\"is unknown\"}}", "local answered 422: role: is bad; is late; model: is unknown")]
    [InlineData("{\"fault\":{\"faultstring\":\"bad role\",\"detail\":{\"errorcode\":\"x\"}}}", "local answered 422: bad role")]
    [InlineData("{\"Message\":\"bad role\"}", "local answered 422: bad role")]
    [InlineData("{\"error\":\"invalid_token\",\"error_description\":\"bad role\"}", "local answered 422: bad role")]
    [InlineData("{\"problem\":{\"role\":\"bad\"}}", "local answered 422: {\"problem\":{\"role\":\"bad\"}}")]
    [InlineData("", "local answered 422 (UnprocessableEntity).")]
    [InlineData("{}", "local answered 422 (UnprocessableEntity).")]
    [InlineData("{\"error\":{\"message\":", "local answered 422: {\"error\":{\"message\":")]
    public async Task ErrorBody_AnyForm_IsReadForItsMessage(string body, string message)
    {
        var (result, _) = await AskAsync(body, "HTTP/1.1 422 No\r\nContent-Type: text/plain");

        Assert.Equal(("model_rejected", message), (result.Error?.Code, result.Error?.Message));
    }

    [Fact]
    public async Task ErrorBody_LongPage_IsShortened()
    {
        var (result, _) = await AskAsync("<p>" + new string('x', 5000), "HTTP/1.1 500 No\r\nContent-Type: text/html");

        Assert.InRange(result.Error?.Message.Length ?? 0, 500, 540);
    }

    [Fact]
    public async Task Stream_OneByteAtATime_IsReadAlike()
    {
        var (result, _) = await AskAsync(string.Concat("Größe 👩‍👩‍👧 日".Select(unit => Text(unit.ToString()))).Replace("\n", "\r\n", StringComparison.Ordinal) + Finish);

        Assert.Equal("Größe 👩‍👩‍👧 日", result.Text);
    }

    private static string Text(string text) => $"data: {{\"choices\":[{{\"delta\":{{\"content\":{Quote(text)}}},\"finish_reason\":null}}]}}\n\n";

    // Serializing would put U+FFFD in the place of half a pair.
    private static string Quote(string text) =>
        $"\"{string.Concat(text.Select(unit => unit is < ' ' or '"' or '\\' or > '~' ? $"\\u{(int)unit:x4}" : unit.ToString()))}\"";

    private async Task<(ModelCallResult Result, IReadOnlyList<string> Pieces)> AskAsync(
        string body, string head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream")
    {
        await using var server = RawServer.Start(body, head);
        await using var models = ModelsHost.Serving(server.BaseAddress, Key, place.Database);
        return await models.Pipeline.RunAsync(Calls.Ask("test-model", "Hello?"));
    }

    /// <summary>One database for all of them.</summary>
    public sealed class Place(LocalPostgres postgres) : IAsyncLifetime
    {
        private ModelsHost? _models;

        public TestDatabase Database { get; private set; } = null!; // Set before each test.

        public async ValueTask InitializeAsync()
        {
            Database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
            _models = ModelsHost.Create(database: Database);
        }

        public async Task<long> UsedAsync() => (await _models!.Ceiling.ReadAsync(TestContext.Current.CancellationToken)).Used;

        public async ValueTask DisposeAsync()
        {
            await (_models?.DisposeAsync() ?? ValueTask.CompletedTask);
            await Database.DisposeAsync();
        }
    }
}
