namespace Platform.Core.Traces.Diff;

/// <summary>Which lines of two texts are the same.</summary>
/// <param name="Matches">In order, none overlapping or touching on both sides.</param>
/// <param name="IsCoarse">True when the search was ended early, so that there may be more.</param>
internal sealed record LineMatching(IReadOnlyList<Match> Matches, bool IsCoarse);
