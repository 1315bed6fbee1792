namespace Platform.Web.Features.Traces.Document;

/// <summary>What a guard said to the run: a budget, a breaker.</summary>
public sealed record PlatformVerdict
{
    /// <summary><c>budget</c>, <c>breaker</c> and what else there may be.</summary>
    public string? Kind { get; init; }

    public string? Name { get; init; }

    public string? Verdict { get; init; }

    public string? Detail { get; init; }
}
