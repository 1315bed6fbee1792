using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Platform.Core.Traces;

/// <summary>One model request of a trace.</summary>
public sealed class LlmCall
{
    /// <summary>UUIDv7.</summary>
    public required Guid Id { get; init; }

    public required Guid TraceId { get; init; }

    /// <summary>From 0, in order.</summary>
    public required int Position { get; init; }

    /// <summary>The id inside the trace document.</summary>
    public required string CallId { get; init; }

    public string? Provider { get; init; }

    public required string Model { get; init; }

    public bool Rehearsal { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Milliseconds.</summary>
    public int? DurationMs { get; init; }

    /// <summary>Milliseconds; null when nothing streamed.</summary>
    public int? TimeToFirstTokenMs { get; init; }

    public int? TokensIn { get; init; }

    public int? TokensOut { get; init; }

    /// <summary>True when the counts are our estimate, because the provider sent none.</summary>
    public bool TokensEstimated { get; init; }

    public int? CacheReadTokens { get; init; }

    public int? CacheWriteTokens { get; init; }

    public int? ReasoningTokens { get; init; }

    /// <summary>US dollars; null when the price is unknown, never 0 for that.</summary>
    public decimal? CostUsd { get; init; }

    public string? StopReason { get; init; }

    public string? ErrorCode { get; init; }

    public string? ErrorMessage { get; init; }
}

internal sealed class LlmCallConfiguration : IEntityTypeConfiguration<LlmCall>
{
    public void Configure(EntityTypeBuilder<LlmCall> builder) => builder.ToTable("llm_calls");
}
