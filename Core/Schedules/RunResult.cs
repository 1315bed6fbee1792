namespace Platform.Core.Schedules;

/// <summary>What a run has to say at its end.</summary>
/// <param name="Summary">A sentence for people; null when there was nothing to do.</param>
/// <param name="Findings">What someone should look at, a sentence each.</param>
public sealed record RunResult(string? Summary, IReadOnlyList<string> Findings)
{
    /// <summary>A result without findings.</summary>
    public RunResult(string? summary)
        : this(summary, [])
    {
    }
}
