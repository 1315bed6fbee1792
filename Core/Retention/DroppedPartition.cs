using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Platform.Core.Retention;

/// <summary>A day of a large table that retention has dropped.</summary>
public sealed class DroppedPartition
{
    /// <summary>The table: <c>bodies</c> or <c>trace_documents</c>.</summary>
    public required string Parent { get; init; }

    /// <summary>UTC day of arrival.</summary>
    public required DateOnly Day { get; init; }

    public required RetentionCause Cause { get; init; }

    public required long Rows { get; init; }

    /// <summary>Indexes included.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset DroppedAt { get; init; }
}

internal sealed class DroppedPartitionConfiguration : IEntityTypeConfiguration<DroppedPartition>
{
    public void Configure(EntityTypeBuilder<DroppedPartition> builder)
    {
        builder.ToTable("dropped_partitions");
        builder.HasKey(dropped => new { dropped.Parent, dropped.Day });
    }
}
