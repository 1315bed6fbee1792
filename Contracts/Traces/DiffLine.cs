namespace Platform.Contracts.Traces;

/// <summary>One line of a comparison.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="A">Its number in the first text, from 1; null for an added line. Of skipped lines the first one's.</param>
/// <param name="B">Its number in the second text, from 1; null for a removed line. Of skipped lines the first one's.</param>
/// <param name="Text">The line without its end, at most 4000 UTF-16 units; empty for skipped lines.</param>
/// <param name="Count">How many lines it stands for: 1, or more for skipped lines.</param>
public sealed record DiffLine(DiffLineKind Kind, int? A, int? B, string Text, int Count = 1);
