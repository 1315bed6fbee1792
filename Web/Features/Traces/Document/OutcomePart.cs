namespace Platform.Web.Features.Traces.Document;

/// <summary>How it ended.</summary>
public sealed record OutcomePart
{
    public bool Success { get; init; }

    public string? ResponseText { get; init; }

    public IReadOnlyList<string> SentMessageIds { get; init; } = [];

    public int MaxToolDepth { get; init; }

    /// <summary>True when the tool loop was cut off.</summary>
    public bool HitMaxToolDepth { get; init; }

    public StateUpdates? StateUpdates { get; init; }

    public OutcomeError? Error { get; init; }
}
