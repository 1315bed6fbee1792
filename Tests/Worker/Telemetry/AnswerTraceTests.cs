using System.Globalization;
using System.Net.Http.Json;
using Platform.Contracts;
using Platform.Contracts.Activations;
using Platform.Contracts.Conversations;
using Platform.Contracts.Replays;

namespace Platform.Tests.Worker.Telemetry;

/// <summary>What the hosts export over OTLP.</summary>
[Collection(OtlpCollector.Collection)]
public sealed class AnswerTraceTests(LocalPostgres postgres, LocalRedis redis)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Platform_IdleThenAsked_RecordsNothingThenOneTrace()
    {
        await using var collector = await OtlpCollector.StartAsync(Token);
        await using var platform = await StartAsync(collector);
        platform.Settings["services__api__http__0"] = platform.Api.BaseAddress.OriginalString;
        var web = await platform.AddHostAsync("Web", Token);
        var polls = await StatementsAsync(platform);
        await Eventually.TrueAsync(async _ => await StatementsAsync(platform) > polls + 20, TestPlatform.Patience, "an idle worker polls");

        // What the test itself asked while it waited for the bots is all there is.
        Assert.All(collector.Spans.GroupBy(span => span.TraceId), trace =>
            Assert.Contains(trace, span => span.ParentId == "" && span.Attributes.GetValueOrDefault("url.path") == "/api/v1/bots"));

        var conversation = await platform.ConverseAsync("talker", Token);
        await Eventually.TrueAsync(_ => Task.FromResult(collector.Spans.Any(span => IsRequest(span, "POST", "/api/v1/conversations"))), TestPlatform.Patience, "the conversation's span came");
        await SeePageAsync(web, collector);
        var before = collector.Spans.Select(span => span.TraceId).ToHashSet();
        platform.Models.Enqueue(ModelReply.Answer("Forty", "-two", "."));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(web.BaseAddress, $"/api/v1/conversations/{conversation.Id}/messages"));
        request.Content = JsonContent.Create(new PostMessageRequest("What is the answer?"), options: WireJson.Options);
        using (var posted = await web.Client.SendAsync(request, Token))
        {
            posted.EnsureSuccessStatusCode();
        }

        await Eventually.TrueAsync(_ => Task.FromResult(collector.Spans.Any(span => span.Name == "activation")), TestPlatform.Patience, "the activation's span came");
        Assert.All(await Task.WhenAll(platform.Hosts.Select(host => host.TerminateAsync())), Assert.True);

        var spans = collector.Spans.Where(span => !before.Contains(span.TraceId)).ToList();
        TestContext.Current.TestOutputHelper?.WriteLine(Outline(spans, ""));
        var trace = Assert.Single(spans.Select(span => span.TraceId).Distinct());
        var root = Assert.Single(spans, span => span.ParentId == "");
        Assert.Equal(("web", 2), (root.Service, root.Kind));
        var carried = Assert.Single(spans, span => span.ParentId == root.SpanId);
        var post = Assert.Single(spans, span => span.ParentId == carried.SpanId);
        Assert.Equal("api", post.Service);
        Assert.True(IsRequest(post, "POST", $"/api/v1/conversations/{conversation.Id}/messages"));
        var activation = Assert.Single(spans, span => span.Name == "activation");
        Assert.Equal(("worker", post.SpanId, 5, "answered"), (activation.Service, activation.ParentId, activation.Kind, activation.Attributes["platform.activation.state"]));
        Assert.Equal(
            ["build context", "chat test-model", "claim", "complete", "decide", "read facts"],
            spans.Where(span => span.ParentId == activation.SpanId && span.Source.StartsWith("Platform.", StringComparison.Ordinal)).Select(span => span.Name).Order());
        Assert.All(spans.Where(span => span.ParentId != ""), span => Assert.Contains(spans, parent => parent.SpanId == span.ParentId));
        Assert.InRange(spans.Count, 10, 60);
        ACallHasItsContent(Assert.Single(spans, span => span.Name == "chat test-model"), conversation.Id);
        Assert.Equal(trace, Assert.Single(collector.Logs, log => log.Service == "worker" && log.Message.Contains("ended Answered", StringComparison.Ordinal)).TraceId);
        Assert.Contains($"[trace {trace}]", platform.Worker.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAgainAndReplay_AreTracesOfTheirOwnThatLinkToTheFirst()
    {
        await using var collector = await OtlpCollector.StartAsync(Token);
        await using var platform = await StartAsync(collector);
        var conversation = await platform.ConverseAsync("rehearsed", Token);
        platform.Worker.Pause();
        var posted = await platform.PostAsync(conversation.Id, "Hello.", Token);
        await platform.Database.ExecuteAsync($"update activations set state = 'parked' where id = '{posted.ActivationId}'", Token);
        platform.Worker.Resume();

        await PostAsync(platform, $"/api/v1/activations/{posted.ActivationId}/retry");
        Assert.Equal(ActivationState.Answered, (await platform.EndOfAsync(posted.ActivationId, Token)).State);
        var trace = await platform.Database.ScalarAsync<Guid>($"select id from traces where activation_id = '{posted.ActivationId}'", Token);
        var call = await platform.Database.ScalarAsync<Guid>($"select id from llm_calls where trace_id = '{trace}'", Token);
        await PostAsync(platform, $"/api/v1/traces/{trace}/calls/{call}/replays", new ReplayRequest());
        await Eventually.TrueAsync(_ => Task.FromResult(collector.Spans.Any(span => span.Name == "replay")), TestPlatform.Patience, "the replay's span came");

        var first = Assert.Single(collector.Spans, span => IsRequest(span, "POST", $"/api/v1/conversations/{conversation.Id}/messages"));
        var again = Assert.Single(collector.Spans, span => IsRequest(span, "POST", $"/api/v1/activations/{posted.ActivationId}/retry"));
        Assert.Equal([first.TraceId], again.Links);
        Assert.Equal((again.TraceId, again.SpanId), (Activation(collector).TraceId, Activation(collector).ParentId));
        var replay = Assert.Single(collector.Spans, span => span.Name == "replay");
        Assert.Equal("", replay.ParentId);
        Assert.Equal([again.TraceId], replay.Links);
        Assert.Contains(collector.Spans, span => span.ParentId == replay.SpanId && span.Name.StartsWith("chat ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Terminate_SpansThatWaitForTheirBatch_ArriveAllTheSame()
    {
        await using var collector = await OtlpCollector.StartAsync(Token);
        await using var platform = await StartAsync(collector, settings =>
        {
            settings["OTEL_BSP_SCHEDULE_DELAY"] = settings["OTEL_BLRP_SCHEDULE_DELAY"] = settings["OTEL_METRIC_EXPORT_INTERVAL"] = "600000";
            settings["DOTNET_ENVIRONMENT"] = settings["ASPNETCORE_ENVIRONMENT"] = "Development";
        });
        var conversation = await platform.ConverseAsync("rehearsed", Token);
        var posted = await platform.PostAsync(conversation.Id, "Hello.", Token);
        Assert.Equal(ActivationState.Answered, (await platform.EndOfAsync(posted.ActivationId, Token)).State);
        Assert.Empty(collector.Spans);

        Assert.All(await Task.WhenAll(platform.Hosts.Select(host => host.TerminateAsync())), Assert.True);

        Assert.Contains(collector.Spans, span => span.Name == "activation");
        Assert.Contains(collector.Spans, span => IsRequest(span, "GET", $"/api/v1/activations/{posted.ActivationId}"));
        Assert.Contains(collector.Logs, log => log.Service == "worker" && log.Message == "worker is stopping.");
        Assert.Contains("platform.activations.completed", collector.Text("metrics"), StringComparison.Ordinal);
    }

    /// <summary>A page is its request and what that asks for: no trace of its route, none of its style sheet.</summary>
    private static async Task SeePageAsync(HostProcess web, OtlpCollector collector)
    {
        foreach (var path in (string[])["/tokens.css", "/chat"])
        {
            using var response = await web.Client.GetAsync(new Uri(path, UriKind.Relative), Token);
            response.EnsureSuccessStatusCode();
        }

        await Eventually.TrueAsync(_ => Task.FromResult(collector.Spans.Any(span => span.Service == "web" && IsRequest(span, "GET", "/chat"))), TestPlatform.Patience, "the page's span came");
        Assert.True(IsRequest(Assert.Single(collector.Spans, span => span.Service == "web" && span.ParentId == ""), "GET", "/chat"));
    }

    private static OtlpReceivedSpan Activation(OtlpCollector collector) => Assert.Single(collector.Spans, span => span.Name == "activation");

    private static async Task PostAsync(TestPlatform platform, string path, object? body = null)
    {
        using var response = await platform.Client.PostAsJsonAsync(path, body, WireJson.Options, Token);
        response.EnsureSuccessStatusCode();
    }

    private static bool IsRequest(OtlpReceivedSpan span, string method, string path) =>
        span.Kind == 2 && span.Attributes["http.request.method"] == method && span.Attributes["url.path"] == path;

    /// <summary>The spans as a tree, for whoever reads a failure.</summary>
    private static string Outline(IReadOnlyList<OtlpReceivedSpan> spans, string parent, int depth = 0) => string.Concat(spans
        .Where(span => span.ParentId == parent)
        .Select(span => $"{new string(' ', 2 * depth)}{span.Service}: {span.Name} ({span.Source})\n{Outline(spans, span.SpanId, depth + 1)}"));

    private static void ACallHasItsContent(OtlpReceivedSpan call, string conversation)
    {
        Assert.Equal(
            ("chat", "tests", "test-model", "talker", conversation),
            (call.Attributes["gen_ai.operation.name"], call.Attributes["gen_ai.provider.name"], call.Attributes["gen_ai.request.model"],
                call.Attributes["gen_ai.agent.name"], Guid.Parse(call.Attributes["gen_ai.conversation.id"]).ToString()));
        Assert.True(int.Parse(call.Attributes["gen_ai.usage.output_tokens"], CultureInfo.InvariantCulture) > 0);
        Assert.Equal("""[{"type":"text","content":"You are a test."}]""", call.Attributes["gen_ai.system_instructions"]);
        Assert.Contains("""{"type":"text","content":"What is the answer?"}""", call.Attributes["gen_ai.input.messages"], StringComparison.Ordinal);
        Assert.Equal(
            """[{"role":"assistant","parts":[{"type":"text","content":"Forty-two."}],"finish_reason":"end_turn"}]""", call.Attributes["gen_ai.output.messages"]);
    }

    private async Task<TestPlatform> StartAsync(OtlpCollector collector, Action<Dictionary<string, string?>>? change = null) =>
        await TestPlatform.StartAsync(postgres, await redis.ConnectionStringAsync(Token), Token, settings =>
        {
            foreach (var (name, value) in collector.Settings)
            {
                settings[name] = value;
            }

            change?.Invoke(settings);
        });

    /// <summary>How many statements the worker has sent, by its own count.</summary>
    private static async Task<double> StatementsAsync(TestPlatform platform)
    {
        var text = await platform.Worker.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative), Token);
        return text.Split('\n')
            .Where(line => line.StartsWith("db_client_operation_duration_seconds_count", StringComparison.Ordinal))
            .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }
}
