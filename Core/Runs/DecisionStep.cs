namespace Platform.Core.Runs;

/// <summary>One rule that was asked whether a bot should answer.</summary>
/// <param name="Rule">Stable, snake_case; a silent activation keeps the rule that stopped it as its reason.</param>
/// <param name="Passed">False when this rule keeps the bot silent.</param>
/// <param name="Detail">What the rule saw, in a few words.</param>
public sealed record DecisionStep(string Rule, bool Passed, string Detail);
