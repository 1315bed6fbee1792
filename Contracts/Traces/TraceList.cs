namespace Platform.Contracts.Traces;

/// <summary>Answer of <c>GET /api/v1/traces</c>.</summary>
/// <param name="Traces">Newest first.</param>
/// <param name="NextCursor">Give it as <c>cursor</c> for the next page; null on the last one.</param>
/// <param name="Total">How many there are on all pages; null unless asked for, and for a text.</param>
public sealed record TraceList(IReadOnlyList<TraceSummary> Traces, string? NextCursor, TraceCount? Total = null);
