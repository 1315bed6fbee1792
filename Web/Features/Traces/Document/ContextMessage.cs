namespace Platform.Web.Features.Traces.Document;

/// <summary>One message of the context.</summary>
public sealed record ContextMessage
{
    public int Position { get; init; }

    public string? DiscordMessageId { get; init; }

    public string? Participant { get; init; }

    public string? ContentPreview { get; init; }

    /// <summary>UTF-16 units of the whole text.</summary>
    public int ContentLength { get; init; }

    public int TokenEstimate { get; init; }

    public IReadOnlyList<string> Transformations { get; init; } = [];

    public bool IsTrigger { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset? DiscordTimestamp { get; init; }

    public bool HasCacheControl { get; init; }

    public int ImageCount { get; init; }
}
