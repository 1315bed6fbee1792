namespace Platform.Core.Runs;

/// <summary>Whether a bot answers, and what each rule said.</summary>
/// <param name="Steps">In the order asked. The first that did not pass decides; those after it were asked for the record only.</param>
public sealed record ActivationDecision(IReadOnlyList<DecisionStep> Steps)
{
    /// <summary>The rule that keeps the bot silent; null when it answers.</summary>
    public string? SilentReason => Steps.FirstOrDefault(step => !step.Passed)?.Rule;
}
