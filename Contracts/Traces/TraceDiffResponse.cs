namespace Platform.Contracts.Traces;

/// <summary>Answer of <c>GET /api/v1/traces/diff</c>.</summary>
/// <param name="A">The first trace.</param>
/// <param name="B">The second trace.</param>
/// <param name="Figures">Timing, cost, tokens and counts, always all of them, in this order.</param>
/// <param name="Sections">Every part, in the order in which it comes about; a part that neither has is left out.</param>
public sealed record TraceDiffResponse(
    TraceSummary A, TraceSummary B, IReadOnlyList<DiffFigure> Figures, IReadOnlyList<DiffSection> Sections);
