using Platform.Contracts.Traces;
using Platform.Contracts.Traces.Document;
using Platform.Core.Json;

namespace Platform.Core.Traces.ChapterX;

/// <summary>Turns a model request of a trace file into its rows.</summary>
internal static class LlmCallReader
{
    public static LlmCall Read(CallPart call, Trace trace, int position) => new()
    {
        Id = Guid.CreateVersion7(),
        TraceId = trace.Id,
        Position = position,
        CallId = call.CallId ?? $"{trace.SourceTraceId}-llm-{position}",
        Model = call.Model ?? "unknown",
        StartedAt = call.StartedAt ?? trace.StartedAt,
        DurationMs = call.DurationMs,
        TokensIn = call.TokenUsage?.InputTokens,
        TokensOut = call.TokenUsage?.OutputTokens,
        CacheReadTokens = call.TokenUsage?.CacheReadTokens,
        CacheWriteTokens = call.TokenUsage?.CacheCreationTokens,
        StopReason = call.Response?.StopReason,
        ErrorCode = call.Error?.Code,
        ErrorMessage = TextCut.Line(call.Error?.Message),
    };

    /// <summary>The bodies that the call refers to, every request of a tool loop included.</summary>
    public static IEnumerable<LlmCallBody> ReadBodies(CallPart call, Guid callId) =>
    [
        .. Bodies(callId, BodyKind.Request, call.RequestBodyRefs, call.RequestBodyRef),
        .. Bodies(callId, BodyKind.Response, call.ResponseBodyRefs, call.ResponseBodyRef),
        .. Bodies(callId, BodyKind.MembraneRequest, [], call.MembraneRequestRef),
        .. Bodies(callId, BodyKind.MembraneResponse, [], call.MembraneResponseRef),
    ];

    /// <summary>How many bodies the call's lists name.</summary>
    public static int CountBodies(CallPart call) => (call.RequestBodyRefs?.Count ?? 0) + (call.ResponseBodyRefs?.Count ?? 0);

    /// <summary>
    /// Normalised requests of calls that failed: ChapterX leaves the reference out, but its log lines name the files that it wrote.
    /// </summary>
    /// <param name="details">The document's log; read only when there is such a call.</param>
    /// <param name="calls">The document's calls and their rows.</param>
    /// <param name="named">What the calls refer to themselves.</param>
    public static IEnumerable<LlmCallBody> ReadLoggedRequests(
        Lazy<TraceDocument> details, IReadOnlyList<(CallPart Part, LlmCall Row)> calls, IReadOnlyList<LlmCallBody> named)
    {
        var without = calls.Where(call => call.Part is { Error: not null, MembraneRequestRef: null }).ToList();
        return without.Count == 0
            ? []
            : details.Value.Logs
                .Select(line => LenientJson.Text(line.Data ?? default, "filename")?.Replace('\\', '/').Split('/'))
                .Select(path => path is [.., "membrane-requests", var name] ? name : null)
                .OfType<string>().Distinct().Where(name => named.All(body => body.Ref != name))
                .Zip(without, (name, call) => new LlmCallBody { LlmCallId = call.Row.Id, Kind = BodyKind.MembraneRequest, Position = 0, Ref = name });
    }

    private static IEnumerable<LlmCallBody> Bodies(Guid callId, BodyKind kind, IReadOnlyList<string>? many, string? one)
    {
        var references = (many ?? []).Select(TextCut.Name).OfType<string>().ToList();
        if (TextCut.Name(one) is { } single && !references.Contains(single))
        {
            references.Add(single);
        }

        return references.Select((reference, position) => new LlmCallBody { LlmCallId = callId, Kind = kind, Position = position, Ref = reference });
    }
}
