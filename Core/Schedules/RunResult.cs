namespace Platform.Core.Schedules;

/// <summary>The result of a run.</summary>
/// <param name="Summary">A sentence for people; null when there was nothing to do.</param>
/// <param name="Findings">What an operator should check, a sentence each.</param>
public sealed record RunResult(string? Summary, IReadOnlyList<string> Findings)
{
    /// <summary>A result without findings.</summary>
    public RunResult(string? summary)
        : this(summary, [])
    {
    }
}
