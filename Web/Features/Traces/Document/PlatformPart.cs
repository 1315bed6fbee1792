namespace Platform.Web.Features.Traces.Document;

/// <summary>What our own traces add to ChapterX's shape.</summary>
public sealed record PlatformPart
{
    public IReadOnlyList<DecisionStep> Decision { get; init; } = [];

    /// <summary>From 1; above 1 when another worker took over.</summary>
    public int? Attempt { get; init; }

    /// <summary>The worker that finished it.</summary>
    public string? Worker { get; init; }

    public bool Rehearsal { get; init; }
}
