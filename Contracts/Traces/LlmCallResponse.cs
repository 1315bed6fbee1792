namespace Platform.Contracts.Traces;

/// <summary>One model request of a trace.</summary>
/// <param name="Id">UUIDv7.</param>
/// <param name="CallId">The id inside the trace document.</param>
/// <param name="Position">From 0, in order.</param>
/// <param name="Provider">Who served it; null for imported calls.</param>
/// <param name="Model">The model asked for, <c>unknown</c> when not recorded.</param>
/// <param name="Rehearsal">True for the offline model.</param>
/// <param name="StartedAt">UTC.</param>
/// <param name="DurationMs">Milliseconds.</param>
/// <param name="TimeToFirstTokenMs">Milliseconds; null when nothing streamed.</param>
/// <param name="TokensIn">Prompt tokens; null when unknown.</param>
/// <param name="TokensOut">Completion tokens; null when unknown.</param>
/// <param name="CacheReadTokens">Prompt tokens read from the provider's cache.</param>
/// <param name="CacheWriteTokens">Prompt tokens written to it.</param>
/// <param name="ReasoningTokens">Completion tokens spent on thinking.</param>
/// <param name="CostUsd">US dollars; null when the price is unknown.</param>
/// <param name="StopReason">Why the model stopped.</param>
/// <param name="ErrorCode">Stable code of the failure.</param>
/// <param name="ErrorMessage">The provider's error message, without secrets.</param>
/// <param name="Bodies">The raw requests and responses, in order.</param>
/// <param name="TokensEstimated">True when the token counts are an estimate, because the provider sent none; else null.</param>
public sealed record LlmCallResponse(
    string Id,
    string CallId,
    int Position,
    string? Provider,
    string Model,
    bool Rehearsal,
    DateTimeOffset StartedAt,
    int? DurationMs,
    int? TimeToFirstTokenMs,
    int? TokensIn,
    int? TokensOut,
    int? CacheReadTokens,
    int? CacheWriteTokens,
    int? ReasoningTokens,
    decimal? CostUsd,
    string? StopReason,
    string? ErrorCode,
    string? ErrorMessage,
    IReadOnlyList<CallBodyResponse> Bodies,
    bool? TokensEstimated = null);
