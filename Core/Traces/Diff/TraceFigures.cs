using Platform.Contracts.Traces;

namespace Platform.Core.Traces.Diff;

/// <summary>The numbers of two traces side by side.</summary>
internal static class TraceFigures
{
    public static IReadOnlyList<DiffFigure> Of(ComparedTrace a, ComparedTrace b) =>
    [
        Figure(a, b, "duration", "ms", trace => trace.Row.DurationMs),
        Figure(a, b, "time_to_first_token", "ms", trace => trace.Calls.Select(call => call.TimeToFirstTokenMs).FirstOrDefault(time => time is not null)),
        Figure(a, b, "model_time", "ms", trace => Sum(trace, call => call.DurationMs)),
        Figure(a, b, "cost", "usd", trace => trace.Row.CostUsd),
        Figure(a, b, "tokens_in", "tokens", trace => Counted(trace, trace.Row.TokensIn)),
        Figure(a, b, "tokens_out", "tokens", trace => Counted(trace, trace.Row.TokensOut)),
        Figure(a, b, "cache_read_tokens", "tokens", trace => Sum(trace, call => call.CacheReadTokens)),
        Figure(a, b, "cache_write_tokens", "tokens", trace => Sum(trace, call => call.CacheWriteTokens)),
        Figure(a, b, "reasoning_tokens", "tokens", trace => Sum(trace, call => call.ReasoningTokens)),
        Figure(a, b, "calls", "count", trace => trace.Row.LlmCallCount),
        Figure(a, b, "tools", "count", trace => trace.Row.ToolExecutionCount),
        Figure(a, b, "context_messages", "count", trace => trace.Document?.ContextBuild?.MessagesIncluded),
        Figure(a, b, "context_tokens", "tokens", trace => trace.Document?.ContextBuild?.TokenEstimates?.Total),
    ];

    private static DiffFigure Figure(ComparedTrace a, ComparedTrace b, string name, string unit, Func<ComparedTrace, decimal?> number) =>
        new(name, unit, number(a), number(b));

    // No model call uses none: then the provider reported no count.
    private static decimal? Counted(ComparedTrace trace, long tokens) => trace.Row is { LlmCallCount: > 0, TokensIn: 0, TokensOut: 0 } ? null : tokens;

    /// <summary>A sum of what is known; null when nothing is.</summary>
    private static decimal? Sum(ComparedTrace trace, Func<LlmCall, int?> number) =>
        trace.Calls.Any(call => number(call) is not null) ? trace.Calls.Sum(call => (decimal)(number(call) ?? 0)) : null;
}
