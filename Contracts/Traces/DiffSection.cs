namespace Platform.Contracts.Traces;

/// <summary>A part of two traces, compared line by line.</summary>
/// <param name="Kind">Which part.</param>
/// <param name="Kept">How many lines are in both, shown or not.</param>
/// <param name="Removed">How many lines only the first has.</param>
/// <param name="Added">How many lines only the second has.</param>
/// <param name="IsCoarse">True when the texts were too large or too unlike to be matched as closely as possible: more lines than need be count as changed.</param>
/// <param name="IsCut">True when there are more changed lines than <paramref name="Lines"/> shows.</param>
/// <param name="NoteA">Why the first trace has less to compare here, for a person; null when it has all.</param>
/// <param name="NoteB">The same of the second.</param>
/// <param name="Lines">Changes with the kept lines around them; empty when nothing changed.</param>
public sealed record DiffSection(
    DiffSectionKind Kind,
    int Kept,
    int Removed,
    int Added,
    bool IsCoarse,
    bool IsCut,
    string? NoteA,
    string? NoteB,
    IReadOnlyList<DiffLine> Lines);
