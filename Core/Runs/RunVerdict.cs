namespace Platform.Core.Runs;

/// <summary>What a guard said to a run.</summary>
/// <param name="Kind"><c>budget</c> or <c>breaker</c>.</param>
/// <param name="Name">Which one.</param>
/// <param name="Verdict">Stable, snake_case, e.g. <c>allowed</c>, <c>refused</c>, <c>open</c>.</param>
/// <param name="Detail">What it saw, in a few words.</param>
public sealed record RunVerdict(string Kind, string Name, string Verdict, string Detail);
