using Platform.Core.Traces;

namespace Platform.Benchmarks.Traces;

/// <summary>A made-up trace, ready to be stored; the first of its message ids asked, the others are its context.</summary>
internal sealed record SyntheticTrace(
    Guid Id,
    DateTimeOffset StartedAt,
    string Bot,
    int Channel,
    string Outcome,
    string? SilentReason,
    string? Error,
    int DurationMs,
    string? Model,
    decimal? CostUsd,
    string Question,
    string? Answer,
    string? Participants,
    string[] MessageIds,
    int Calls,
    int TokensIn,
    int TokensOut,
    CompressedContent Document);
