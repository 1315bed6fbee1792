using System.Text.Json;
using Platform.Contracts.Traces;

namespace Platform.Tests.Web.Features.Traces;

/// <summary>The sample documents, as details that the Api could have given.</summary>
internal static class SampleTraces
{
    /// <summary>All of them; their ids are <c>s0</c>, <c>s1</c> and so on.</summary>
    public static List<TraceDetail> Read()
    {
        var files = Directory.GetFiles(Path.Combine(Samples.Path("chapterx-logs"), "traces"), "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
        return [.. files.Select((file, index) => Detail($"s{index}", JsonDocument.Parse(File.ReadAllText(file)).RootElement))];
    }

    /// <summary>A detail around any document.</summary>
    public static TraceDetail Detail(string id, JsonElement document, params IReadOnlyList<LlmCallResponse> calls)
    {
        var failed = document.TryGetProperty("outcome", out var outcome) && !outcome.GetProperty("success").GetBoolean();
        var summary = StubWorld.Summary(id, failed ? TraceOutcome.Failed : TraceOutcome.Answered) with { Source = "chapterx" };
        return new TraceDetail(summary, "1439009897", null, null, calls, document);
    }

    /// <summary>A call with a request that is there and a response that is gone.</summary>
    public static LlmCallResponse Call(string? error = null) =>
        new("l1", "x-llm-0", 0, "openai", "gpt-4o-mini", false, StubWorld.Now, 1700, 420, 812, 96, null, null, null, 0.0001m, "end_turn",
            error is null ? null : "model_error", error,
            [
                new CallBodyResponse(BodyKind.Request, 0, "request-1.json", 40, null, "/api/v1/bodies/request-1.json"),
                new CallBodyResponse(BodyKind.Response, 0, "response-1.json", null, null, null),
            ]);
}
