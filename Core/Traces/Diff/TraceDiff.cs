using Platform.Contracts.Traces;

namespace Platform.Core.Traces.Diff;

/// <summary>What two traces have in common and what not.</summary>
/// <param name="A">The first.</param>
/// <param name="B">The second.</param>
/// <param name="Figures">Numbers side by side.</param>
/// <param name="Sections">Texts line by line; a part that neither has is left out.</param>
public sealed record TraceDiff(Trace A, Trace B, IReadOnlyList<DiffFigure> Figures, IReadOnlyList<DiffSection> Sections);
