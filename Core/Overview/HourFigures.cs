namespace Platform.Core.Overview;

/// <summary>One hour of traces.</summary>
/// <param name="Start">UTC.</param>
/// <param name="Answered">Activations answered.</param>
/// <param name="Silent">Activations that ended silent.</param>
/// <param name="Failed">Activations that failed.</param>
/// <param name="TokensIn">Prompt tokens.</param>
/// <param name="TokensOut">Completion tokens.</param>
public sealed record HourFigures(DateTimeOffset Start, int Answered, int Silent, int Failed, long TokensIn, long TokensOut);
