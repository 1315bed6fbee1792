using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Contracts.Outbox;

namespace Platform.Core.Outbox;

/// <summary>A pending delivery; deleted once it was delivered.</summary>
public sealed class Effect
{
    public required Guid Id { get; init; }

    /// <summary>The order of insertion.</summary>
    public required long Sequence { get; init; }

    public required string TenantId { get; init; }

    public required EffectKind Kind { get; init; }

    /// <summary>Who gets it; for webhooks and Streamer.bot the id of the webhook.</summary>
    public required string Target { get; init; }

    /// <summary>Effects of the same key are delivered in order and one at a time; null for no order. It belongs to one target.</summary>
    public string? OrderingKey { get; init; }

    /// <summary>By which the receiver recognises a repeat; once in the outbox for a target.</summary>
    public required string DedupeKey { get; init; }

    /// <summary>The type of the event that it carries; null when it carries none.</summary>
    public string? EventType { get; init; }

    /// <summary>The payload, byte-equal in every attempt.</summary>
    public required string Payload { get; init; }

    public Guid? ActivationId { get; init; }

    /// <summary>The claim that wanted it. A claim that was no longer the newest has stored none.</summary>
    public long? ActivationFence { get; init; }

    /// <summary>How many attempts failed.</summary>
    public int Attempt { get; init; }

    /// <summary>UTC on the database's clock; not tried before it.</summary>
    public DateTimeOffset NotBefore { get; init; }

    /// <summary>The relay that is delivering it; null while it waits.</summary>
    public string? LeaseOwner { get; init; }

    /// <summary>Grows with each claim; only the newest may store the result.</summary>
    public long LeaseFence { get; init; }

    /// <summary>UTC on the database's clock; after it any worker may take over.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>Why the last attempt failed.</summary>
    public string? LastError { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}

internal sealed class EffectConfiguration : IEntityTypeConfiguration<Effect>
{
    public void Configure(EntityTypeBuilder<Effect> builder) => builder.ToTable("outbox");
}
