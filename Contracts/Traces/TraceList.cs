namespace Platform.Contracts.Traces;

/// <summary>Answer of <c>GET /api/v1/traces</c>.</summary>
/// <param name="Traces">In the order that was asked for; newest first by default.</param>
/// <param name="NextCursor">Give it as <c>cursor</c> for the next page; null on the last one.</param>
/// <param name="Total">How many there are on all pages; null unless asked for, and for a text.</param>
/// <param name="Sorted">
/// How many of the newest matching traces were sorted, when there are too many to sort all; else null, and all were. Only in an order by something
/// else than the time, of a filter whose traces are far down in that order.
/// </param>
public sealed record TraceList(IReadOnlyList<TraceSummary> Traces, string? NextCursor, TraceCount? Total = null, int? Sorted = null);

/// <summary>How many traces fit.</summary>
/// <param name="Count">The number.</param>
/// <param name="IsEstimate">True when it is what the database expects, not what it counted.</param>
public sealed record TraceCount(long Count, bool IsEstimate);
