using System.Text.Json;

namespace Platform.Contracts.Traces.Document;

/// <summary>How the activation ended.</summary>
public sealed record OutcomePart : TracePart
{
    public bool? Success { get; init; }

    /// <summary>The answer, also the part that a failed run had written.</summary>
    public string? ResponseText { get; init; }

    /// <summary>UTF-16 units.</summary>
    public int? ResponseLength { get; init; }

    public IReadOnlyList<string> SentMessageIds { get; init; } = [];

    public int? MessagesSent { get; init; }

    public int MaxToolDepth { get; init; }

    /// <summary>True when the tool loop reached its limit.</summary>
    public bool HitMaxToolDepth { get; init; }

    public OutcomeErrorPart? Error { get; init; }

    public StateUpdatesPart? StateUpdates { get; init; }
}

/// <summary>Why the activation failed.</summary>
public sealed record OutcomeErrorPart : TracePart
{
    public string? Message { get; init; }

    /// <summary>E.g. <c>context_build</c>, <c>llm_call</c>.</summary>
    public string? Phase { get; init; }

    public string? Code { get; init; }

    public string? Stack { get; init; }
}

/// <summary>What the activation changed in the bot's state for its next one.</summary>
public sealed record StateUpdatesPart : TracePart
{
    public bool CacheMarkerUpdated { get; init; }

    public string? NewCacheMarker { get; init; }

    public bool MessageCountReset { get; init; }

    public int? NewMessageCount { get; init; }
}

/// <summary>One tool execution.</summary>
public sealed record ToolPart : TracePart
{
    /// <summary>The model request that asked for it.</summary>
    public string? LlmCallId { get; init; }

    public string? ToolCallId { get; init; }

    public string? ToolName { get; init; }

    public JsonElement? Input { get; init; }

    public string? Output { get; init; }

    public bool OutputTruncated { get; init; }

    /// <summary>UTF-16 units before the output was cut.</summary>
    public int? FullOutputLength { get; init; }

    public int? DurationMs { get; init; }

    public bool SentToDiscord { get; init; }

    public int? ImageCount { get; init; }

    /// <summary>A text, or what the tool threw; null when it succeeded.</summary>
    public JsonElement? Error { get; init; }
}

/// <summary>One log line of the activation.</summary>
public sealed record LogPart : TracePart
{
    /// <summary>Milliseconds since the activation began.</summary>
    public int? OffsetMs { get; init; }

    public string? Level { get; init; }

    public string? Message { get; init; }

    public JsonElement? Data { get; init; }
}

/// <summary>A Discord message as it was fetched.</summary>
public sealed record RawMessagePart : TracePart
{
    public string? Id { get; init; }

    public RawAuthorPart? Author { get; init; }

    public string? Content { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    public IReadOnlyList<RawAttachmentPart> Attachments { get; init; } = [];

    /// <summary>The id of the message that it replies to; some versions of ChapterX wrote the message itself.</summary>
    public JsonElement? ReplyTo { get; init; }
}

/// <summary>The author of a Discord message.</summary>
public sealed record RawAuthorPart : TracePart
{
    public string? Id { get; init; }

    public string? Username { get; init; }

    public string? DisplayName { get; init; }

    public bool Bot { get; init; }
}

/// <summary>A file on a Discord message.</summary>
public sealed record RawAttachmentPart : TracePart
{
    public string? Url { get; init; }

    public string? ContentType { get; init; }

    public string? Filename { get; init; }

    /// <summary>Bytes.</summary>
    public long? Size { get; init; }
}
