using System.Text.Json;
using Platform.Contracts.Outbox;
using Platform.Contracts.Traces;

namespace Platform.Tests.Web.Features.Traces;

/// <summary>A native trace with two rounds of a tool loop, deliveries and a log, and the runs around it.</summary>
internal static class ToolLoopTrace
{
    /// <summary>A stub with the trace <c>t1</c>, the run <c>t0</c> before and <c>t2</c> after it, and its bodies.</summary>
    public static StubWorld World()
    {
        var world = new StubWorld { Bots = new([StubWorld.Bot("ada", "Ada")], []) };
        world.Traces.AddRange([Run("t0", -1), Trace(), Run("t2", 1)]);
        foreach (var call in (int[])[1, 2])
        {
            world.Bodies[$"request-{call}.json"] = $$"""{"model":"m","messages":[{"role":"user","content":"question of call {{call}}"}]}""";
            world.Bodies[$"response-{call}.json"] = $$"""{"model":"m","content":[{"type":"text","text":"words of call {{call}}"}]}""";
        }

        return world;
    }

    private static TraceDetail Run(string id, int minutes)
    {
        var run = SampleTraces.Detail(id, JsonDocument.Parse("{}").RootElement);
        return run with { Summary = run.Summary with { StartedAt = StubWorld.Now.AddMinutes(minutes) } };
    }

    private static TraceDetail Trace()
    {
        var document = JsonDocument.Parse("""
            {"outcome":{"success":true,"responseText":"The tide turns at six."},"config":{"temperature":0.7},
             "activation":{"triggerEvents":[{"type":"message","authorName":"Mira","contentPreview":"When does the tide turn?"}]},
             "contextBuild":{"messagesConsidered":2,"messagesIncluded":2,"messages":[{"position":0,"participant":"Mira","contentPreview":"hello there"},{"position":1,"participant":"Mira","contentPreview":"When does the tide turn?","isTrigger":true}]},
             "llmCalls":[{"callId":"c1","depth":0,"request":{"messageCount":2,"systemPromptLength":19,"temperature":0.7,"maxTokens":512}},{"callId":"c2","depth":1}],
             "toolExecutions":[{"llmCallId":"c1","toolName":"tide_table","durationMs":640,"input":{"port":"Brest"},"output":"high at six"},
                               {"llmCallId":"c1","toolName":"weather","durationMs":90,"input":{"port":"Brest"},"error":"no such station"}],
             "logs":[{"offsetMs":1,"level":"debug","message":"claimed"},{"offsetMs":700,"level":"warn","message":"slow table"},{"offsetMs":730,"level":"error","message":"weather failed"}],
             "platform":{"waitedMs":30,"attempt":1,"decision":[{"rule":"enabled","verdict":"pass","detail":"the bot is enabled"}],
                         "spans":[{"name":"decision","offsetMs":0,"durationMs":3},{"name":"context_build","offsetMs":3,"durationMs":17}],"links":{"otelTraceId":"4bf92f3577b34da6"}}}
            """).RootElement;
        var trace = SampleTraces.Detail("t1", document, Call(1, 20, 400, 210), Call(2, 1150, 500, 120));
        return trace with
        {
            Summary = trace.Summary with { Source = "native", DurationMs = 1700, LlmCallCount = 2, ToolExecutionCount = 2, Model = "m", Rehearsal = false, CostUsd = 0.0002m },
            ConversationId = "c1",
            PreviousTraceId = "t0",
            NextTraceId = "t2",
            Effects =
            [
                new TraceEffect("f1", EffectKind.Webhook, "w1", "Lights", "activation.answered", TraceEffectState.Delivered, 1, null, null, StubWorld.Now.AddSeconds(4)),
                new TraceEffect("f2", EffectKind.Webhook, "w2", "Doors", "activation.answered", TraceEffectState.Dead, 8, "HTTP 500", StubWorld.Now, null),
            ],
        };
    }

    private static LlmCallResponse Call(int number, int startMs, int durationMs, int firstTokenMs) => SampleTraces.Call() with
    {
        Id = $"l{number}",
        CallId = $"c{number}",
        Position = number - 1,
        StartedAt = StubWorld.Now.AddMilliseconds(startMs),
        DurationMs = durationMs,
        TimeToFirstTokenMs = firstTokenMs,
        TokensIn = 800 * number,
        Bodies =
        [
            new CallBodyResponse(BodyKind.Request, 0, $"request-{number}.json", 4000, null, $"/api/v1/bodies/request-{number}.json"),
            new CallBodyResponse(BodyKind.Response, 0, $"response-{number}.json", 4000, null, $"/api/v1/bodies/response-{number}.json"),
        ],
    };
}
