namespace Platform.Core.Traces.Diff;

/// <summary>A place where two texts agree: as many lines from here on are the same.</summary>
/// <param name="A">First line in the first text, from 0.</param>
/// <param name="B">First line in the second text, from 0.</param>
/// <param name="Length">How many lines, from 1.</param>
internal readonly record struct Match(int A, int B, int Length);
