namespace Platform.Web.Features.Traces.Document;

/// <summary>What the bot was shown.</summary>
public sealed record ContextPart
{
    public int MessagesConsidered { get; init; }

    public int MessagesIncluded { get; init; }

    public IReadOnlyList<ContextMessage> Messages { get; init; } = [];

    public bool DidTruncate { get; init; }

    public string? TruncateReason { get; init; }

    public int? MessagesRolledOff { get; init; }

    public IReadOnlyList<string> StopSequences { get; init; } = [];

    public TokenEstimates? TokenEstimates { get; init; }
}
