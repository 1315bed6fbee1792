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

    /// <summary>Prompt tokens as the provider counted them, else our estimate; null when none were used.</summary>
    public int? TokensIn { get; init; }

    /// <summary>Completion tokens as the provider counted them, else our estimate; null when none were used.</summary>
    public int? TokensOut { get; init; }

    /// <summary>True when one of the two is our estimate, because the provider sent no count or 0.</summary>
    public bool TokensEstimated { get; init; }

    /// <summary>Reasoning that came as text, in UTF-16 units.</summary>
    public int ReasoningLength { get; init; }

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

    /// <summary>ChapterX's words: <c>end_turn</c>, <c>max_tokens</c>, <c>stop_sequence</c>, <c>tool_use</c>, <c>refusal</c>, our <c>max_characters</c>, or the provider's own word where it is none of these; null when it failed.</summary>
    public string? StopReason { get; init; }

    /// <summary>Null when the call succeeded.</summary>
    public ModelError? Error { get; init; }

    /// <summary>What the steps of the pipeline decided, in their order.</summary>
    public IReadOnlyList<CallVerdict> Verdicts { get; init; } = [];

    /// <summary>Raw requests and responses in order, as bytes on the wire without credentials.</summary>
    public IReadOnlyList<ModelBody> Bodies { get; init; } = [];
}
