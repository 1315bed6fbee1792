using System.Text.Json;
using Platform.Contracts.Traces;
using Platform.Core.Json;

namespace Platform.Core.Traces.ChapterX;

/// <summary>Reads one element of <c>llmCalls</c>.</summary>
internal static class LlmCallReader
{
    public static LlmCall Read(JsonElement call, Trace trace, int position)
    {
        var usage = LenientJson.Object(call, "tokenUsage") ?? default;
        var error = LenientJson.Object(call, "error") ?? default;
        return new LlmCall
        {
            Id = Guid.CreateVersion7(),
            TraceId = trace.Id,
            Position = position,
            CallId = LenientJson.Text(call, "callId") ?? $"{trace.SourceTraceId}-llm-{position}",
            Model = LenientJson.Text(call, "model") ?? "unknown",
            StartedAt = LenientJson.Instant(call, "startedAt") ?? trace.StartedAt,
            DurationMs = LenientJson.Number(call, "durationMs"),
            TokensIn = LenientJson.Number(usage, "inputTokens"),
            TokensOut = LenientJson.Number(usage, "outputTokens"),
            CacheReadTokens = LenientJson.Number(usage, "cacheReadTokens"),
            CacheWriteTokens = LenientJson.Number(usage, "cacheCreationTokens"),
            StopReason = LenientJson.Text(LenientJson.Object(call, "response") ?? default, "stopReason"),
            ErrorCode = LenientJson.Text(error, "code"),
            ErrorMessage = TextCut.Line(LenientJson.Text(error, "message")),
        };
    }

    /// <summary>The bodies that the call refers to, every request of a tool loop included.</summary>
    public static IEnumerable<LlmCallBody> ReadBodies(JsonElement call, Guid callId) =>
    [
        .. Bodies(callId, BodyKind.Request, References(call, "requestBodyRefs", "requestBodyRef")),
        .. Bodies(callId, BodyKind.Response, References(call, "responseBodyRefs", "responseBodyRef")),
        .. Bodies(callId, BodyKind.MembraneRequest, References(call, null, "membraneRequestRef")),
        .. Bodies(callId, BodyKind.MembraneResponse, References(call, null, "membraneResponseRef")),
    ];

    /// <summary>How many bodies the call's lists name.</summary>
    public static int CountBodies(JsonElement call) => LenientJson.Count(call, "requestBodyRefs") + LenientJson.Count(call, "responseBodyRefs");

    /// <summary>
    /// Normalised requests of calls that failed: ChapterX leaves the reference out, but its log lines name the files that it wrote.
    /// </summary>
    /// <param name="root">The document.</param>
    /// <param name="calls">Its calls and their rows.</param>
    /// <param name="named">What the calls refer to themselves.</param>
    public static IEnumerable<LlmCallBody> ReadLoggedRequests(
        JsonElement root, IReadOnlyList<(JsonElement Json, LlmCall Row)> calls, IReadOnlyList<LlmCallBody> named)
    {
        var without = calls.Where(call => LenientJson.Object(call.Json, "error") is not null && LenientJson.Text(call.Json, "membraneRequestRef") is null).ToList();
        return without.Count == 0
            ? []
            : LenientJson.Items(root, "logs")
                .Select(line => LenientJson.Text(LenientJson.Object(line, "data") ?? default, "filename")?.Replace('\\', '/').Split('/'))
                .Select(path => path is [.., "membrane-requests", var name] ? name : null)
                .OfType<string>().Distinct().Where(name => named.All(body => body.Ref != name))
                .Zip(without, (name, call) => new LlmCallBody { LlmCallId = call.Row.Id, Kind = BodyKind.MembraneRequest, Position = 0, Ref = name });
    }

    private static IEnumerable<LlmCallBody> Bodies(Guid callId, BodyKind kind, IEnumerable<string> references) =>
        references.Select((reference, position) => new LlmCallBody { LlmCallId = callId, Kind = kind, Position = position, Ref = reference });

    private static List<string> References(JsonElement call, string? many, string one)
    {
        var references = many is null
            ? []
            : LenientJson.Items(call, many).Select(item => TextCut.Name(LenientJson.Text(item))).OfType<string>().ToList();
        if (TextCut.Name(LenientJson.Text(call, one)) is { } single && !references.Contains(single))
        {
            references.Add(single);
        }

        return references;
    }
}
