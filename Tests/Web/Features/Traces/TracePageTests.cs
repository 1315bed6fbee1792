using System.Net;
using System.Text.Json;
using Platform.Contracts.Outbox;
using Platform.Contracts.Traces;

namespace Platform.Tests.Web.Features.Traces;

public sealed class TracePageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Trace_EverySample_OpensWithItsContextOrItsError()
    {
        var world = new StubWorld();
        world.Traces.AddRange(SampleTraces.Read());
        await using var web = await WebHost.StartAsync(world);
        using var visitor = web.NewVisitor();

        Assert.Equal(15, world.Traces.Count);
        foreach (var trace in world.Traces)
        {
            var html = WebUtility.HtmlDecode(await visitor.GetStringAsync(new Uri($"/traces/{trace.Summary.Id}", UriKind.Relative), Cancellation));
            var outcome = trace.Document.GetProperty("outcome");
            var expected = trace.Summary.Outcome is TraceOutcome.Failed
                ? outcome.GetProperty("error").GetProperty("message").GetString()
                : trace.Document.GetProperty("contextBuild").GetProperty("messages")[1].GetProperty("contentPreview").GetString();
            Assert.Contains(expected ?? "nothing expected", html, StringComparison.Ordinal);
            Assert.DoesNotContain("unknown format", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Trace_PartOfAnotherShape_ShowsTheOthersAndNamesIt()
    {
        var world = new StubWorld();
        world.Traces.Add(SampleTraces.Detail("t1", Json("""
            {"outcome":{"success":true,"responseText":"hello there"},"logs":[{"offsetMs":1,"level":"visually-hidden","message":"a line"}],
             "contextBuild":{"messages":[{"position":0,"contentPreview":"words of old","discordTimestamp":"yesterday"}]},"toolExecutions":{"not":"a list"},
             "platform":{"links":{"discordMessageUrl":"javascript:alert(1)"}}}
            """)));
        await using var web = await WebHost.StartAsync(world);

        var html = await web.HtmlAsync("/traces/t1", Cancellation);

        Assert.Contains("hello there", html, StringComparison.Ordinal);
        Assert.Contains("a line", html, StringComparison.Ordinal);
        Assert.Contains("words of old", html, StringComparison.Ordinal);
        Assert.Matches("shown only in the full JSON document: <code[^>]*>toolExecutions</code></span>", html);
        Assert.DoesNotContain("<li class=\"visually-hidden\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("javascript:", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trace_WordsTooLongForAPage_AreCut()
    {
        var word = new string('w', 1_000_000);
        var world = new StubWorld();
        world.Traces.Add(SampleTraces.Detail("t1", JsonSerializer.SerializeToElement(new
        {
            outcome = new { success = true, responseText = word },
            logs = new[] { new { offsetMs = 1, level = word, message = word } },
            toolExecutions = new[] { new { toolName = word, output = word, durationMs = 1 } },
        })));
        await using var web = await WebHost.StartAsync(world);

        var html = await web.HtmlAsync("/traces/t1", Cancellation);

        Assert.Contains("www…", html, StringComparison.Ordinal);
        Assert.InRange(html.Length, 10_000, 300_000);
    }

    [Fact]
    public async Task Trace_Native_ShowsTheDecisionAndTheTakeover()
    {
        var document = Json("""
            {"outcome":{"success":true,"responseText":"hello"},"platform":{"decision":[{"rule":"cooldown","verdict":"pass","detail":"long ago"}],"attempt":2,"worker":"worker-b"}}
            """);
        var world = new StubWorld();
        world.Traces.Add(SampleTraces.Detail("t1", document, SampleTraces.Call()));
        await using var web = await WebHost.StartAsync(world);
        using var visitor = web.NewVisitor();

        var html = await visitor.GetStringAsync(new Uri("/traces/t1", UriKind.Relative), Cancellation);

        Assert.Contains("long ago", html, StringComparison.Ordinal);
        Assert.Contains("Attempt 2", html, StringComparison.Ordinal);
        Assert.Contains("worker-b", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/traces/t1/calls/0/request/0\"", html, StringComparison.Ordinal);
        Assert.Contains("Raw response: not imported", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"llmCalls":"not a list"}""", "shown only in the full JSON document")]
    [InlineData("[]", "unknown format")]
    public async Task Trace_DocumentOfAnotherShape_StillOpens(string document, string notice)
    {
        var world = new StubWorld();
        world.Traces.Add(new TraceDetail(StubWorld.Summary("t1"), null, null, null, [], Json(document)));
        await using var web = await WebHost.StartAsync(world);
        using var visitor = web.NewVisitor();

        var html = await visitor.GetStringAsync(new Uri("/traces/t1", UriKind.Relative), Cancellation);

        Assert.Contains(notice, html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trace_TextWithMarkup_IsShownAsText()
    {
        var world = new StubWorld();
        world.Traces.Add(SampleTraces.Detail("t1", Json("""{"outcome":{"success":true,"responseText":"<script>alert(1)</script>"}}""")));
        await using var web = await WebHost.StartAsync(world);
        using var visitor = web.NewVisitor();

        var html = await visitor.GetStringAsync(new Uri("/traces/t1", UriKind.Relative), Cancellation);

        Assert.Contains("&lt;script&gt;alert(1)", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trace_Excerpt_OffersTheFileByteForByte()
    {
        var world = new StubWorld();
        var document = Json("{ \"traceId\":\"a\" ,\"outcome\":{\"success\":true}}");
        world.Traces.Add(SampleTraces.Detail("t1", document) with { DocumentSizeBytes = 41_943_040 });
        await using var web = await WebHost.StartAsync(world);
        using var visitor = web.NewVisitor();

        var html = await visitor.GetStringAsync(new Uri("/traces/t1", UriKind.Relative), Cancellation);

        Assert.Contains("data-excerpt", html, StringComparison.Ordinal);
        Assert.Equal(document.GetRawText(), await visitor.GetStringAsync(new Uri("/traces/t1/document", UriKind.Relative), Cancellation));
    }

    [Theory]
    [InlineData("/traces/none")]
    [InlineData("/traces/none/calls/0/request/0")]
    [InlineData("/traces/none/document")]
    public async Task Trace_Unknown_Is404(string path)
    {
        await using var web = await WebHost.StartAsync();
        using var visitor = web.NewVisitor();

        using var response = await visitor.GetAsync(new Uri(path, UriKind.Relative), Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.True(path.EndsWith("document", StringComparison.Ordinal) || (await response.Content.ReadAsStringAsync(Cancellation)).Contains("<h1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Body_Request_IsFormattedOrFoldedOrAsOnTheWire()
    {
        var world = new StubWorld();
        world.Traces.Add(SampleTraces.Detail("t1", Json("{}"), SampleTraces.Call() with { Bodies = [new CallBodyResponse(BodyKind.Request, 0, "request-1.json", 4000, null, "/api/v1/bodies/request-1.json")] }));
        world.Bodies["request-1.json"] = """{"model":"m","messages":[{"role":"user","content":"<b>hi</b>"}]}""";
        await using var web = await WebHost.StartAsync(world);
        using var visitor = web.NewVisitor();

        var formatted = await visitor.GetStringAsync(new Uri("/traces/t1/calls/0/request/0", UriKind.Relative), Cancellation);
        var folded = await visitor.GetStringAsync(new Uri("/traces/t1/calls/0/request/0?view=json", UriKind.Relative), Cancellation);
        var raw = WebUtility.HtmlDecode(await visitor.GetStringAsync(new Uri("/traces/t1/calls/0/request/0?view=raw", UriKind.Relative), Cancellation));

        Assert.Contains("&lt;b&gt;hi&lt;/b&gt;</div>", formatted, StringComparison.Ordinal);
        Assert.Contains("<p class=\"role\"", formatted, StringComparison.Ordinal);
        Assert.Contains("<details class=\"json-fold\" open>", folded, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>hi", folded, StringComparison.Ordinal);
        Assert.Contains(world.Bodies["request-1.json"], raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trace_OfDiscord_JumpsBetweenRawMessagesAndContext()
    {
        var sample = SampleTraces.Read().Find(trace => trace.Document.GetProperty("traceId").GetString() == "26956798");
        Assert.NotNull(sample);
        var world = new StubWorld();
        world.Traces.Add(sample with { TriggerMessageId = "1443802636351438931" });
        await using var web = await WebHost.StartAsync(world);
        using var visitor = web.NewVisitor();
        var path = $"/traces/{sample.Summary.Id}";

        var html = await visitor.GetStringAsync(new Uri(path, UriKind.Relative), Cancellation);

        Assert.Contains("id=\"raw-1443802636351438931\"", html, StringComparison.Ordinal);
        Assert.Contains($"href=\"{path}#raw-1443802636351438931\"", html, StringComparison.Ordinal);
        Assert.Contains("id=\"ctx-25\"", html, StringComparison.Ordinal);
        Assert.Contains($"href=\"{path}#ctx-25\"", html, StringComparison.Ordinal);
        Assert.Contains("class=\"marker\"", html, StringComparison.Ordinal);
        Assert.Contains("https://discord.com/channels/1289595876716707911/1289595876716707914/1443802636351438931", html, StringComparison.Ordinal);
        Assert.Contains(">not in context<", html, StringComparison.Ordinal);
        Assert.Equal(4, html.Split("start not recorded</small>").Length - 1);
    }

    [Fact]
    public async Task Trace_LevelInTheAddress_ShowsGraverLinesOnly()
    {
        var world = new StubWorld();
        world.Traces.Add(SampleTraces.Detail("t1", Json("""
            {"outcome":{"success":true},"logs":[{"offsetMs":0,"level":"debug","message":"a small thing"},{"offsetMs":1,"level":"error","message":"a grave thing"}]}
            """)));
        await using var web = await WebHost.StartAsync(world);
        using var visitor = web.NewVisitor();

        var html = await visitor.GetStringAsync(new Uri("/traces/t1?level=warn", UriKind.Relative), Cancellation);

        var panel = html[html.IndexOf("id=\"logs\"", StringComparison.Ordinal)..];
        Assert.Contains("a grave thing", panel, StringComparison.Ordinal);
        Assert.DoesNotContain("a small thing", panel, StringComparison.Ordinal);
        Assert.Contains("href=\"/traces/t1?level=error#logs\"", panel, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trace_TenThousandMessages_ShowsTheLatestAndOffersAll()
    {
        var messages = Enumerable.Range(0, 10_000).Select(index => new { position = index, discordMessageId = $"m{index}", participant = "ada", contentPreview = $"words {index}.", tokenEstimate = 3, isTrigger = index == 17 });
        var world = new StubWorld();
        world.Traces.Add(SampleTraces.Detail("t1", JsonSerializer.SerializeToElement(new { outcome = new { success = true }, contextBuild = new { messagesConsidered = 10_000, messagesIncluded = 10_000, messages } })));
        await using var web = await WebHost.StartAsync(world);
        using var visitor = web.NewVisitor();

        var some = await visitor.GetStringAsync(new Uri("/traces/t1", UriKind.Relative), Cancellation);
        var all = await visitor.GetStringAsync(new Uri("/traces/t1?all=context", UriKind.Relative), Cancellation);

        Assert.Contains("words 9999.", some, StringComparison.Ordinal);
        Assert.Contains("words 17.", some, StringComparison.Ordinal);
        Assert.DoesNotContain("words 16.", some, StringComparison.Ordinal);
        Assert.Contains("href=\"/traces/t1?all=context#context\"", some, StringComparison.Ordinal);
        Assert.Contains("words 16.", all, StringComparison.Ordinal);
        Assert.DoesNotContain("words 1000.", all, StringComparison.Ordinal);
        Assert.Contains("href=\"/traces/t1?all=context&amp;from=1000#context\"", all, StringComparison.Ordinal);
        var last = await visitor.GetStringAsync(new Uri("/traces/t1?all=context&from=9000", UriKind.Relative), Cancellation);
        Assert.Contains("words 9999.", last, StringComparison.Ordinal);
        Assert.DoesNotContain("words 8999.", last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trace_Native_ShowsTokensOverTimeVerdictsLinksAndDeliveries()
    {
        var document = Json("""
            {"outcome":{"success":true,"responseText":"hello"},
             "llmCalls":[{"callId":"x-llm-0","timeline":{"chunks":7,"points":[[420,3],[2900,90],[3000,96]],"stalls":[{"atMs":500,"durationMs":2400}]}}],
             "platform":{"waitedMs":40,"verdicts":[{"kind":"budget","name":"house","verdict":"allowed","detail":"1 of 2 dollars"}],
                "decision":[{"rule":"may_speak","verdict":"silent","detail":"no"},{"rule":"dotted_message","verdict":"pass","detail":"no dot","decisive":false}],
                "links":{"otelTraceId":"4bf92f3577b34da6a3ce929d0e0e4736","eventId":"e-1"}}}
            """);
        var world = new StubWorld();
        world.Traces.Add(SampleTraces.Detail("t1", document, SampleTraces.Call()) with
        {
            Effects = [new TraceEffect("f1", EffectKind.Webhook, "w1", "Lights in the hall", "activation.answered", TraceEffectState.Dead, 8, "HTTP 500", StubWorld.Now, null)],
            PreviousTraceId = "t0",
        });
        await using var web = await WebHost.StartAsync(world);
        using var visitor = web.NewVisitor();

        var html = WebUtility.HtmlDecode(await visitor.GetStringAsync(new Uri("/traces/t1", UriKind.Relative), Cancellation));

        Assert.Contains("1 stall of more than a second (2.4\u00a0s in total)", html, StringComparison.Ordinal);
        Assert.Contains("1 of 2 dollars", html, StringComparison.Ordinal);
        Assert.Contains("an earlier rule decided", html, StringComparison.Ordinal);
        Assert.Contains("4bf92f3577b34da6a3ce929d0e0e4736", html, StringComparison.Ordinal);
        Assert.Contains("Lights in the hall", html, StringComparison.Ordinal);
        Assert.DoesNotContain("pending since", html, StringComparison.Ordinal);
        Assert.Contains("HTTP 500", html, StringComparison.Ordinal);
        Assert.Contains("name=\"a\" value=\"t0\"", html, StringComparison.Ordinal);
    }

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
