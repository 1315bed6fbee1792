namespace Platform.Contracts.Traces;

/// <summary>Answer of <c>GET /api/v1/traces</c>.</summary>
/// <param name="Traces">Newest first.</param>
/// <param name="NextCursor">Give it as <c>cursor</c> for the next page; null on the last one.</param>
/// <param name="Total">How many there are on all pages; null unless asked for, and for a text.</param>
public sealed record TraceList(IReadOnlyList<TraceSummary> Traces, string? NextCursor, TraceCount? Total = null);

/// <summary>How many traces fit.</summary>
/// <param name="Count">The number.</param>
/// <param name="IsEstimate">True when it is what the database expects, not what it counted.</param>
public sealed record TraceCount(long Count, bool IsEstimate);
