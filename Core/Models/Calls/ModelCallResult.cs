namespace Platform.Core.Models.Calls;

/// <summary>One model request as it went: always returned, whether it answered or failed.</summary>
public sealed record ModelCallResult
{
    /// <summary>Who served it, e.g. <c>openai</c>, <c>openrouter</c>, <c>rehearsal</c>; null when no provider is configured for the model.</summary>
    public string? Provider { get; init; }

    /// <summary>The model asked for, without the provider's prefix.</summary>
    public required string Model { get; init; }

    /// <summary>True when the offline model answered.</summary>
    public bool Rehearsal { get; init; }

    /// <summary>The provider's base address without credentials; null for the offline model.</summary>
    public string? ApiBase { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>From the request to the last byte.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>From the request to the first text; null when none came.</summary>
    public TimeSpan? TimeToFirstToken { get; init; }

    /// <summary>How the answer streamed; null when no text came.</summary>
    public StreamTimeline? Timeline { get; init; }

    /// <summary>All text that came, also when the call failed later.</summary>
    public string Text { get; init; } = "";

    /// <summary>Prompt tokens; null when the provider did not say.</summary>
    public int? TokensIn { get; init; }

    /// <summary>Completion tokens; null when the provider did not say.</summary>
    public int? TokensOut { get; init; }

    /// <summary>Prompt tokens read from the provider's cache.</summary>
    public int? CacheReadTokens { get; init; }

    /// <summary>Prompt tokens written to the provider's cache.</summary>
    public int? CacheWriteTokens { get; init; }

    /// <summary>Completion tokens spent on thinking.</summary>
    public int? ReasoningTokens { get; init; }

    /// <summary>The provider's name for this answer; null when it gave none.</summary>
    public string? ResponseId { get; init; }

    /// <summary>The model that answered, where the provider said so.</summary>
    public string? ResponseModel { get; init; }

    /// <summary>ChapterX's words: <c>end_turn</c>, <c>max_tokens</c>, <c>stop_sequence</c>, <c>tool_use</c>, <c>refusal</c>; null when it failed.</summary>
    public string? StopReason { get; init; }

    /// <summary>Null when the call succeeded.</summary>
    public ModelError? Error { get; init; }

    /// <summary>What the steps of the pipeline decided, in their order.</summary>
    public IReadOnlyList<CallVerdict> Verdicts { get; init; } = [];

    /// <summary>Raw requests and responses in order, as bytes on the wire without credentials.</summary>
    public IReadOnlyList<ModelBody> Bodies { get; init; } = [];
}
