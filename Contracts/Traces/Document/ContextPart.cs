namespace Platform.Contracts.Traces.Document;

/// <summary>Why the bot was activated.</summary>
public sealed record ActivationPart : TracePart
{
    public string? Reason { get; init; }

    public IReadOnlyList<TriggerPart> TriggerEvents { get; init; } = [];
}

/// <summary>An event that activated the bot.</summary>
public sealed record TriggerPart : TracePart
{
    /// <summary>E.g. <c>message</c>.</summary>
    public string? Type { get; init; }

    public string? MessageId { get; init; }

    public string? AuthorId { get; init; }

    public string? AuthorName { get; init; }

    public string? ContentPreview { get; init; }
}

/// <summary>The context that was built for the model.</summary>
public sealed record ContextPart : TracePart
{
    public int? MessagesConsidered { get; init; }

    public int? MessagesIncluded { get; init; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<ContextMessagePart> Messages { get; init; } = [];

    public int? ImagesIncluded { get; init; }

    public IReadOnlyList<ImagePart> ImageDetails { get; init; } = [];

    public int? ToolCacheEntries { get; init; }

    public IReadOnlyList<ToolCachePart> ToolCacheDetails { get; init; } = [];

    public bool DidTruncate { get; init; }

    /// <summary>E.g. <c>rolling_threshold</c>, <c>character_limit</c>; null when nothing was left out.</summary>
    public string? TruncateReason { get; init; }

    public int? MessagesRolledOff { get; init; }

    /// <summary>The id of the message up to which the provider may cache the prompt.</summary>
    public string? CacheMarker { get; init; }

    /// <summary>Where the marker was before.</summary>
    public string? PreviousCacheMarker { get; init; }

    public IReadOnlyList<string> StopSequences { get; init; } = [];

    public TokenEstimatesPart? TokenEstimates { get; init; }

    /// <summary>The limits that applied.</summary>
    public ContextLimitsPart? ConfigSnapshot { get; init; }
}

/// <summary>One message of the context.</summary>
public sealed record ContextMessagePart : TracePart
{
    /// <summary>From 0.</summary>
    public int Position { get; init; }

    /// <summary>The message's id, also of a message that is not Discord's; null for the turn that is left open for the answer.</summary>
    public string? DiscordMessageId { get; init; }

    public string? Participant { get; init; }

    public string? ContentPreview { get; init; }

    /// <summary>UTF-16 units of the whole text.</summary>
    public int ContentLength { get; init; }

    public int TokenEstimate { get; init; }

    public IReadOnlyList<string> Transformations { get; init; } = [];

    public bool IsTrigger { get; init; }

    public bool HasImages { get; init; }

    public int ImageCount { get; init; }

    public bool HasCacheControl { get; init; }

    /// <summary>UTC; when the message was written.</summary>
    public DateTimeOffset? DiscordTimestamp { get; init; }
}

/// <summary>An image of the context.</summary>
public sealed record ImagePart : TracePart
{
    public string? DiscordMessageId { get; init; }

    public string? Url { get; init; }

    public int TokenEstimate { get; init; }
}

/// <summary>An earlier tool call that was put into the context again.</summary>
public sealed record ToolCachePart : TracePart
{
    public string? ToolName { get; init; }

    public string? TriggeringMessageId { get; init; }

    public int TokenEstimate { get; init; }
}

/// <summary>Estimated tokens of the context, by kind.</summary>
public sealed record TokenEstimatesPart : TracePart
{
    public int System { get; init; }

    public int Messages { get; init; }

    public int Images { get; init; }

    public int Tools { get; init; }

    public int? Total { get; init; }
}

/// <summary>Limits of a context.</summary>
public sealed record ContextLimitsPart : TracePart
{
    /// <summary>Messages that a context holds.</summary>
    public int? RecencyWindow { get; init; }

    /// <summary>Messages that may come on top before the oldest are left out.</summary>
    public int? RollingThreshold { get; init; }

    public int? MaxImages { get; init; }

    /// <summary>Written by older versions of ChapterX only.</summary>
    public string? Mode { get; init; }
}
