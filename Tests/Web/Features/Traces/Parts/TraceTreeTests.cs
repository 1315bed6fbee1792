using System.Globalization;
using System.Text.Json;
using Platform.Contracts.Outbox;
using Platform.Contracts.Traces;
using Platform.Web.Features.Traces;
using Platform.Web.Features.Traces.Parts;

namespace Platform.Tests.Web.Features.Traces.Parts;

public sealed class TraceTreeTests
{
    private static string[] Rows(TraceNode node, int depth = 0) =>
        [$"{new string(' ', depth)}{node.Name} {node.Part}", .. node.Children.SelectMany(child => Rows(child, depth + 1))];

    [Fact]
    public void Of_NativeTrace_HasItsPartsInOrder()
    {
        var trace = Native();

        Assert.Equal(
            [
                "Activation overview",
                " Queue timeline/1",
                " Trigger and decision decision",
                " Context context",
                " Call 1 call/1",
                "  Request call/1/request",
                "  Response call/1/response",
                " After last call timeline/2",
                " Deliveries effects",
                "  Delivery to Lights effects/1",
                "  Delivery to Doors effects/2",
                " Log logs",
                " Configuration config",
                " Timeline timeline",
                " Ids and links links",
            ],
            Rows(TreeOf(trace).Root));
    }

    [Fact]
    public void Of_SeveralRounds_HoldTheirCallsAndTools()
    {
        var trace = SampleTraces.Detail(
            "t1",
            Json("""
                {"outcome":{"success":true},
                 "llmCalls":[{"callId":"a","depth":0},{"callId":"b","depth":0},{"callId":"c","depth":1}],
                 "toolExecutions":[{"llmCallId":"b","toolName":"search","durationMs":300},{"llmCallId":"b","toolName":"read","durationMs":20,"error":"no"},{"llmCallId":"?","toolName":"stray"}]}
                """),
            Call(0, "a", 100, 200, "timeout"),
            Call(1, "b", 400, 200),
            Call(2, "c", 1000, 150));
        var tree = TreeOf(trace);

        var calls = tree.Root.Children.Single(node => node.Name == "Model calls");

        Assert.Equal(
            [
                "Model calls calls", " Round 1 call/1", "  Call 1 call/1", "  Call 2 call/2", "  search tool/1", "  read tool/2", " Round 2 call/3", "  Call 3 call/3",
            ],
            Rows(calls));
        Assert.Contains(tree.Root.Children, node => node.Name == "stray");
        var round = calls.Children[0];
        Assert.Equal((100, 1000), (round.Interval?.FromMs, round.Interval?.ToMs));
        var search = round.Children.Single(node => node.Name == "search");
        Assert.Null(search.Interval);
        Assert.Equal(round.Interval, search.Within);
        Assert.True(round.Children.Single(node => node.Name == "read").Failed);
        Assert.True(round.Children[0].Failed);
        Assert.False(calls.Failed);
    }

    [Fact]
    public void Interval_EverySample_ContainsThoseOfItsChildren()
    {
        foreach (var trace in SampleTraces.Read().Select(WithCalls).Append(Native()))
        {
            var tree = TreeOf(trace);
            var bars = 0;

            foreach (var node in tree.All)
            {
                foreach (var child in node.Children.Where(child => child.Interval is not null))
                {
                    bars++;
                    Assert.True(node.Interval?.Contains(child.Interval!.Value), $"{node.Name} does not contain {child.Name}.");
                }
            }

            Assert.True(bars >= 3, $"{trace.Summary.Id} has {bars} bars.");
            Assert.Equal((tree.FromMs, tree.ToMs), (Math.Min(0, tree.Root.Interval?.FromMs ?? 0), tree.Root.Interval?.ToMs));
        }
    }

    [Fact]
    public void Interval_ActivationShorterThanItsCall_StillContainsIt()
    {
        var trace = SampleTraces.Detail("t1", Json("{}"), Call(0, "a", -500, 9000));

        var tree = TreeOf(trace);

        Assert.Equal((-500, 8500), (tree.FromMs, tree.ToMs));
        Assert.Equal(1200, tree.Root.DurationMs);
    }

    [Fact]
    public void Of_DeliveryAfterTheEnd_IsNotOnTheAxis()
    {
        var deliveries = TreeOf(Native()).All.Where(node => node.Part is { Kind: PartKind.Effects, Number: not null }).ToList();

        Assert.Equal([(null, 90_000), (null, (double?)null)], deliveries.Select(node => (node.StartMs, node.AfterMs)));
        Assert.Equal([false, true], deliveries.Select(node => node.Failed));
    }

    [Fact]
    public void Of_ThousandsOfCalls_HoldsThoseAroundTheSelectedOne()
    {
        var trace = SampleTraces.Detail("t1", Json("{}"), [.. Enumerable.Range(0, 2000).Select(number => Call(number, $"c{number.ToString(CultureInfo.InvariantCulture)}", number, 1) with { Bodies = SampleTraces.Call().Bodies })]);

        var tree = TraceTree.Of(trace, ShownDocument.Read(trace.Document), new PartAddress(PartKind.Call, 75));
        var calls = tree.Root.Children.Single(node => node.Name == "Model calls").Children;

        Assert.Equal("Calls 1–50 call/1", Rows(calls[0])[0]);
        Assert.Equal(("Call 51", "Call 100"), (calls[1].Name, calls[^2].Name));
        Assert.Equal("Calls 101–150 call/101", Rows(calls[^1])[0]);
        Assert.Equal(["Call 75"], calls.Where(node => node.Children.Count > 0).Select(node => node.Name));
        Assert.Equal(2000, tree.Root.Interval?.ToMs);
    }

    [Theory]
    [InlineData("call/1/response", "Response")]
    [InlineData("context/7", "Context")]
    [InlineData("calls", "Activation")]
    [InlineData("tools", "Activation")]
    [InlineData("timeline/2", "After last call")]
    public void Find_Part_IsItsRowOrTheOneAround(string part, string row) =>
        Assert.Equal(row, TreeOf(Native()).Find(PartAddress.Parse(part)!).Name);

    private static TraceTree TreeOf(TraceDetail trace) => TraceTree.Of(trace, ShownDocument.Read(trace.Document), PartAddress.Overview);

    /// <summary>A sample with the times and the calls of its document, which the Api reads from the database.</summary>
    private static TraceDetail WithCalls(TraceDetail trace) => trace with
    {
        Summary = trace.Summary with
        {
            StartedAt = trace.Document.GetProperty("timestamp").GetDateTimeOffset(),
            DurationMs = trace.Document.GetProperty("durationMs").GetInt32(),
        },
        Calls =
        [
            .. trace.Document.GetProperty("llmCalls").EnumerateArray().Select((call, index) => SampleTraces.Call() with
            {
                Position = index,
                CallId = call.GetProperty("callId").GetString() ?? "",
                StartedAt = call.GetProperty("startedAt").GetDateTimeOffset(),
                DurationMs = call.GetProperty("durationMs").GetInt32(),
                TimeToFirstTokenMs = null,
            }),
        ],
    };

    private static TraceDetail Native() => SampleTraces.Detail(
        "t1",
        Json("""
            {"outcome":{"success":true,"sentMessageIds":["m1"]},"contextBuild":{"messagesIncluded":3,"messages":[]},"config":{},
             "logs":[{"offsetMs":5,"level":"info","message":"a"},{"offsetMs":900,"level":"warn","message":"b"}],
             "platform":{"waitedMs":40,"decision":[{"rule":"enabled","verdict":"pass"}],"spans":[{"name":"decision","offsetMs":0,"durationMs":2},{"name":"context_build","offsetMs":2,"durationMs":9}]}}
            """),
        Call(0, "x-llm-0", 20, 1000) with { Bodies = SampleTraces.Call().Bodies }) with
    {
        Effects =
        [
            new TraceEffect("f1", EffectKind.Webhook, "w1", "Lights", "activation.answered", TraceEffectState.Delivered, 1, null, null, StubWorld.Now.AddSeconds(90)),
            new TraceEffect("f2", EffectKind.Webhook, "w2", "Doors", "activation.answered", TraceEffectState.Dead, 8, "HTTP 500", StubWorld.Now, null),
        ],
    };

    private static LlmCallResponse Call(int position, string id, int startMs, int durationMs, string? error = null) =>
        SampleTraces.Call(error) with { Position = position, CallId = id, StartedAt = StubWorld.Now.AddMilliseconds(startMs), DurationMs = durationMs, Bodies = [] };

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
