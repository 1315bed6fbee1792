namespace Platform.Web.Features.Traces.Document;

/// <summary>What our own traces add to ChapterX's shape.</summary>
public sealed record PlatformPart
{
    public IReadOnlyList<DecisionStep> Decision { get; init; } = [];

    /// <summary>From 1; above 1 when another worker took over.</summary>
    public int? Attempt { get; init; }

    /// <summary>The worker that finished it.</summary>
    public string? Worker { get; init; }

    public string? CancelledBy { get; init; }

    /// <summary>UTC; when it was asked for.</summary>
    public DateTimeOffset? QueuedAt { get; init; }

    /// <summary>Milliseconds from being asked for to this worker's claim.</summary>
    public long? WaitedMs { get; init; }

    /// <summary>UTC on the worker's clock; what the log's offsets count from.</summary>
    public DateTimeOffset? BegunAt { get; init; }

    /// <summary>How many tries before this one ended in a transient failure of the model.</summary>
    public int Deferrals { get; init; }

    /// <summary>A model that was asked for, for this answer only.</summary>
    public string? ModelOverride { get; init; }

    public IReadOnlyList<PlatformSpan> Spans { get; init; } = [];

    public IReadOnlyList<PlatformVerdict> Verdicts { get; init; } = [];

    public PlatformLinks? Links { get; init; }

    public bool Rehearsal { get; init; }
}
