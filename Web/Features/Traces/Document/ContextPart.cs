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

    public int ImagesIncluded { get; init; }

    public IReadOnlyList<ImageDetail> ImageDetails { get; init; } = [];

    public IReadOnlyList<ToolCacheDetail> ToolCacheDetails { get; init; } = [];

    /// <summary>The id of the message up to which the provider may keep the prompt.</summary>
    public string? CacheMarker { get; init; }

    /// <summary>Where the marker was before.</summary>
    public string? PreviousCacheMarker { get; init; }

    /// <summary>The limits that were in force.</summary>
    public ContextLimits? ConfigSnapshot { get; init; }

    public IReadOnlyList<string> StopSequences { get; init; } = [];

    public TokenEstimates? TokenEstimates { get; init; }
}
