using System.Text.Json.Serialization;

namespace Platform.Contracts.Traces.Document;

/// <summary>One model request. Its raw bodies are kept outside the document and referred to by name.</summary>
public sealed record CallPart : TracePart
{
    public string? CallId { get; init; }

    /// <summary>The round of the tool loop, from 0.</summary>
    public int Depth { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    public int? DurationMs { get; init; }

    public string? Model { get; init; }

    public string? Provider { get; init; }

    /// <summary>Milliseconds from the request to the first text.</summary>
    public int? TimeToFirstTokenMs { get; init; }

    public CallRequestPart? Request { get; init; }

    /// <summary>The first raw request.</summary>
    public string? RequestBodyRef { get; init; }

    /// <summary>All raw requests: retries and rounds of a tool loop.</summary>
    public IReadOnlyList<string>? RequestBodyRefs { get; init; }

    public CallResponsePart? Response { get; init; }

    /// <summary>The last raw response.</summary>
    public string? ResponseBodyRef { get; init; }

    public IReadOnlyList<string>? ResponseBodyRefs { get; init; }

    /// <summary>The request of ChapterX's membrane layer.</summary>
    public string? MembraneRequestRef { get; init; }

    public string? MembraneResponseRef { get; init; }

    public TokenUsagePart? TokenUsage { get; init; }

    /// <summary>How the answer streamed; only in native documents.</summary>
    public TimelinePart? Timeline { get; init; }

    public CallErrorPart? Error { get; init; }
}

/// <summary>The settings of a model request.</summary>
public sealed record CallRequestPart : TracePart
{
    public int MessageCount { get; init; }

    /// <summary>UTF-16 units.</summary>
    public int SystemPromptLength { get; init; }

    public bool HasTools { get; init; }

    public int ToolCount { get; init; }

    public IReadOnlyList<string>? StopSequences { get; init; }

    public double? Temperature { get; init; }

    public int? MaxTokens { get; init; }

    public string? ApiBaseUrl { get; init; }
}

/// <summary>What a model's answer consists of.</summary>
public sealed record CallResponsePart : TracePart
{
    public string? StopReason { get; init; }

    public int ContentBlocks { get; init; }

    /// <summary>UTF-16 units.</summary>
    public int TextLength { get; init; }

    public int ToolUseCount { get; init; }

    /// <summary>Reasoning that came as text, in UTF-16 units; null for none, and only in our own documents.</summary>
    public int? ReasoningLength { get; init; }
}

/// <summary>Tokens as the provider counted them.</summary>
public sealed record TokenUsagePart : TracePart
{
    public int? InputTokens { get; init; }

    public int? OutputTokens { get; init; }

    /// <summary>Input tokens written to the provider's cache.</summary>
    public int? CacheCreationTokens { get; init; }

    /// <summary>Input tokens read from the provider's cache.</summary>
    public int? CacheReadTokens { get; init; }

    /// <summary>Output tokens used for reasoning.</summary>
    public int? ReasoningTokens { get; init; }

    /// <summary>True when the counts are an estimate, because the provider sent none; only in our own documents.</summary>
    public bool? Estimated { get; init; }
}

/// <summary>How an answer streamed.</summary>
public sealed record TimelinePart : TracePart
{
    /// <summary>Pieces that the provider sent.</summary>
    public int Chunks { get; init; }

    [JsonConverter(typeof(TimelinePointsConverter))]
    public IReadOnlyList<TimelinePoint> Points { get; init; } = [];

    /// <summary>Pauses of more than a second within the answer.</summary>
    public IReadOnlyList<StallPart> Stalls { get; init; } = [];
}

/// <summary>How much of an answer was there at a moment; a pair in JSON.</summary>
/// <param name="AtMs">Milliseconds since the request.</param>
/// <param name="Characters">UTF-16 units.</param>
public readonly record struct TimelinePoint(long AtMs, long Characters);

/// <summary>A pause within an answer.</summary>
public sealed record StallPart : TracePart
{
    /// <summary>Milliseconds since the request.</summary>
    public long AtMs { get; init; }

    public long DurationMs { get; init; }
}

/// <summary>How a model request failed.</summary>
public sealed record CallErrorPart : TracePart
{
    public string? Message { get; init; }

    public string? Code { get; init; }

    /// <summary>Tries after the first one.</summary>
    public int? RetryCount { get; init; }
}
