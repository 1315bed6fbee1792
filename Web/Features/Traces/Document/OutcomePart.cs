namespace Platform.Web.Features.Traces.Document;

/// <summary>How it ended.</summary>
public sealed record OutcomePart
{
    public bool Success { get; init; }

    public string? ResponseText { get; init; }

    public IReadOnlyList<string> SentMessageIds { get; init; } = [];

    public OutcomeError? Error { get; init; }
}
