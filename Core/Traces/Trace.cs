using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NpgsqlTypes;
using Platform.Contracts.Activations;
using Platform.Contracts.Traces;

namespace Platform.Core.Traces;

/// <summary>What list and search need of the record of one activation; the whole of it is its <see cref="StoredDocument"/>.</summary>
public sealed class Trace
{
    /// <summary>Longest <see cref="TriggerPreview"/> and <see cref="ResponsePreview"/>, in UTF-16 units.</summary>
    public const int PreviewLength = 100;

    /// <summary>UUIDv7.</summary>
    public required Guid Id { get; init; }

    public required string TenantId { get; init; }

    public required TraceSource Source { get; init; }

    /// <summary>The id that its own program gave it; with bot and time it is unique.</summary>
    public required string SourceTraceId { get; init; }

    /// <summary>The bot's handle or, for imported traces, its name there.</summary>
    public required string Bot { get; init; }

    public Guid? BotId { get; init; }

    /// <summary>Native id, or the foreign channel's id. Text, never a number.</summary>
    public required string ChannelId { get; init; }

    public string? ChannelName { get; init; }

    public string? ParentChannelId { get; init; }

    public string? GuildId { get; init; }

    public bool IsThread { get; init; }

    public Guid? ActivationId { get; init; }

    public string? TriggerMessageId { get; init; }

    public required ActivationReason Reason { get; init; }

    public required TraceOutcome Outcome { get; init; }

    public string? SilentReason { get; init; }

    public string? ErrorCode { get; init; }

    public string? ErrorMessage { get; init; }

    /// <summary>Where it failed: <c>context_build</c>, <c>llm_call</c>, <c>tool_execution</c>, <c>discord_send</c>.</summary>
    public string? ErrorPhase { get; init; }

    /// <summary>UTC start of the activation.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Milliseconds; null when unknown.</summary>
    public int? DurationMs { get; init; }

    public int LlmCallCount { get; init; }

    public int ToolExecutionCount { get; init; }

    /// <summary>Prompt tokens over all calls.</summary>
    public long TokensIn { get; init; }

    /// <summary>Completion tokens over all calls.</summary>
    public long TokensOut { get; init; }

    /// <summary>True when counts of one of its calls are our estimate.</summary>
    public bool TokensEstimated { get; init; }

    /// <summary>The last call's model.</summary>
    public string? Model { get; init; }

    /// <summary>True when the offline model answered.</summary>
    public bool Rehearsal { get; init; }

    public string? TriggerPreview { get; init; }

    public string? ResponsePreview { get; init; }

    /// <summary>Names of the participants in the context, each once, the last first, joined by ", "; null when there are none.</summary>
    public string? Participants { get; init; }

    /// <summary>US dollars over all calls; null, not 0, when no call's price is known.</summary>
    public decimal? CostUsd { get; init; }

    /// <summary>OpenTelemetry trace id, 32 hex digits.</summary>
    public string? OtelTraceId { get; init; }

    public Guid? ImportRunId { get; init; }

    /// <summary>The partition that holds the document.</summary>
    public required DateOnly DocumentDay { get; init; }

    /// <summary>UTC when it was stored; used by retention.</summary>
    public DateTimeOffset StoredAt { get; init; }
}

internal sealed class TraceConfiguration : IEntityTypeConfiguration<Trace>
{
    /// <summary>The search index text, made by <see cref="TraceWords"/> when a trace is written.</summary>
    public const string Words = "Words";

    public void Configure(EntityTypeBuilder<Trace> builder)
    {
        builder.ToTable("traces");
        builder.Property<NpgsqlTsVector>(Words).IsRequired();
    }
}
