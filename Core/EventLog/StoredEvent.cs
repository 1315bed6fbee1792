using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Platform.Core.EventLog;

/// <summary>An event of the platform, numbered. Never changed; retention drops whole days.</summary>
public sealed class StoredEvent
{
    /// <summary>UTC day of numbering, the partition.</summary>
    public required DateOnly StoredDay { get; init; }

    /// <summary>From 1, without gaps, over all tenants.</summary>
    public required long Position { get; init; }

    /// <summary>UUIDv7; receivers see it as the delivery's id.</summary>
    public required Guid Id { get; init; }

    public required string TenantId { get; init; }

    /// <summary>One of <see cref="Contracts.EventLog.EventTypes"/>.</summary>
    public required string Type { get; init; }

    /// <summary>The activation that did it; null when none did.</summary>
    public Guid? ActivationId { get; init; }

    /// <summary>The claim that did it.</summary>
    public long? ActivationFence { get; init; }

    /// <summary>A JSON object.</summary>
    public required string Data { get; init; }

    /// <summary>UTC of the transaction that caused it.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}

internal sealed class StoredEventConfiguration : IEntityTypeConfiguration<StoredEvent>
{
    public void Configure(EntityTypeBuilder<StoredEvent> builder)
    {
        builder.ToTable("event_log");
        builder.HasKey(one => new { one.Position, one.StoredDay });
        builder.Property(one => one.Data).HasColumnType("jsonb");
    }
}
