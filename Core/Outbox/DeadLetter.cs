using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Contracts.Outbox;

namespace Platform.Core.Outbox;

/// <summary>An effect that could not be delivered, with all that is needed to try again.</summary>
public sealed class DeadLetter
{
    /// <summary>The effect's.</summary>
    public required Guid Id { get; init; }

    /// <summary>The effect's place in the outbox; larger is newer.</summary>
    public required long Sequence { get; init; }

    public required string TenantId { get; init; }

    public required EffectKind Kind { get; init; }

    public required string Target { get; init; }

    public string? OrderingKey { get; init; }

    public required string DedupeKey { get; init; }

    public string? EventType { get; init; }

    public required string Payload { get; init; }

    public Guid? ActivationId { get; init; }

    public long? ActivationFence { get; init; }

    /// <summary>Attempts.</summary>
    public required int Tries { get; init; }

    /// <summary>Why the last attempt failed.</summary>
    public required string LastError { get; init; }

    /// <summary>UTC of the effect.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>UTC; when it became a dead letter.</summary>
    public DateTimeOffset DiedAt { get; init; }
}

internal sealed class DeadLetterConfiguration : IEntityTypeConfiguration<DeadLetter>
{
    public void Configure(EntityTypeBuilder<DeadLetter> builder) => builder.ToTable("dead_letters");
}
