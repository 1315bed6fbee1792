namespace Platform.Core.Runs;

/// <summary>A part of a run, on its own clock.</summary>
/// <param name="Name">Stable, snake_case: <c>decision</c>, <c>context_build</c>.</param>
/// <param name="Offset">Since the run began.</param>
/// <param name="Duration">How long it took.</param>
public sealed record RunSpan(string Name, TimeSpan Offset, TimeSpan Duration);
