namespace Platform.Contracts.Overview;

/// <summary>One hour of the overview.</summary>
/// <param name="Start">UTC.</param>
/// <param name="Answered">Activations answered.</param>
/// <param name="Silent">Activations that ended silent.</param>
/// <param name="Failed">Activations that failed.</param>
/// <param name="Tokens">Prompt and completion tokens.</param>
public sealed record OverviewHour(DateTimeOffset Start, int Answered, int Silent, int Failed, long Tokens);
