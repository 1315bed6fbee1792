using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Contracts.Replays;

namespace Platform.Core.Replays;

/// <summary>A replay of a model call. It runs once, because a call costs money; after a failure it can be requested again.</summary>
public sealed class Replay
{
    /// <summary>UUIDv7.</summary>
    public required Guid Id { get; init; }

    public required string TenantId { get; init; }

    public required Guid TraceId { get; init; }

    public required Guid LlmCallId { get; init; }

    public required ReplayMode Mode { get; init; }

    /// <summary>As a bot would name it.</summary>
    public required string AskedModel { get; init; }

    public ReplayState State { get; init; }

    /// <summary>Parts of the request that could not be replayed.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who is, or was, at it.</summary>
    public string? Worker { get; init; }

    /// <summary>UTC; after it the worker counts as lost. Null unless running.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>All text that came.</summary>
    public string? Answer { get; init; }

    public string? Provider { get; init; }

    /// <summary>As its provider names it.</summary>
    public string? Model { get; init; }

    public bool Rehearsal { get; init; }

    /// <summary>Milliseconds; null for a recorded response, since no model was called.</summary>
    public int? DurationMs { get; init; }

    /// <summary>Milliseconds.</summary>
    public int? TimeToFirstTokenMs { get; init; }

    public int? TokensIn { get; init; }

    public int? TokensOut { get; init; }

    /// <summary>US dollars; null when the price is unknown, never 0 for that.</summary>
    public decimal? CostUsd { get; init; }

    public string? StopReason { get; init; }

    public string? ErrorCode { get; init; }

    public string? ErrorMessage { get; init; }

    /// <summary>W3C trace context of the request whose answer is replayed; set by the claim, null when there is none.</summary>
    public string? OriginalTraceParent { get; init; }
}

internal sealed class ReplayConfiguration : IEntityTypeConfiguration<Replay>
{
    public void Configure(EntityTypeBuilder<Replay> builder) => builder.ToTable("replays").Ignore(replay => replay.OriginalTraceParent);
}
