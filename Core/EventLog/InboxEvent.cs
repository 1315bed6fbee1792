using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Platform.Core.EventLog;

/// <summary>An event that the sequencer has not numbered yet; written by <see cref="PlatformEventWriter"/>.</summary>
public sealed class InboxEvent
{
    /// <summary>Given at writing, so not in the order of commits.</summary>
    public required long Number { get; init; }

    public required Guid Id { get; init; }

    public required string TenantId { get; init; }

    public required string Type { get; init; }

    public Guid? ActivationId { get; init; }

    public long? ActivationFence { get; init; }

    /// <summary>A JSON object.</summary>
    public required string Data { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}

internal sealed class InboxEventConfiguration : IEntityTypeConfiguration<InboxEvent>
{
    public void Configure(EntityTypeBuilder<InboxEvent> builder)
    {
        builder.ToTable("event_inbox");
        builder.HasKey(one => one.Number);
        builder.Property(one => one.Data).HasColumnType("jsonb");
    }
}
