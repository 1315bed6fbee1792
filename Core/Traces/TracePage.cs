namespace Platform.Core.Traces;

/// <summary>A page of the list.</summary>
/// <param name="Traces">Newest first.</param>
/// <param name="Next">Where the next page begins; null on the last one.</param>
public sealed record TracePage(IReadOnlyList<Trace> Traces, TraceCursor? Next);
