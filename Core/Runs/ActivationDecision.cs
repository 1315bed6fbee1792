namespace Platform.Core.Runs;

/// <summary>Whether a bot answers, and the result of each rule.</summary>
/// <param name="Steps">In order. The first that did not pass decides; those after it are evaluated for the record only.</param>
public sealed record ActivationDecision(IReadOnlyList<DecisionStep> Steps)
{
    /// <summary>The rule that keeps the bot silent; null when it answers.</summary>
    public string? SilentReason => Steps.FirstOrDefault(step => !step.Passed)?.Rule;
}

/// <summary>One rule of the decision whether the bot answers.</summary>
/// <param name="Rule">Stable, snake_case; a silent activation keeps the rule that stopped it as its reason.</param>
/// <param name="Passed">False when this rule keeps the bot silent.</param>
/// <param name="Detail">What the rule saw, in a few words.</param>
public sealed record DecisionStep(string Rule, bool Passed, string Detail);
