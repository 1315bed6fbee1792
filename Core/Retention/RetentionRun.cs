using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Platform.Core.Retention;

/// <summary>What retention once did for one class.</summary>
public sealed class RetentionRun
{
    /// <summary>UUIDv7.</summary>
    public required Guid Id { get; init; }

    /// <summary>The class's name, e.g. <c>bodies</c>.</summary>
    public required string Class { get; init; }

    public required RetentionCause Cause { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>UTC; null when its process died in it.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    public long RowsDropped { get; init; }

    public int PartitionsDropped { get; init; }

    /// <summary>Of dropped partitions, indexes included. Deleted rows free their space for new rows and count as 0.</summary>
    public long BytesDropped { get; init; }

    public string? Error { get; init; }
}

internal sealed class RetentionRunConfiguration : IEntityTypeConfiguration<RetentionRun>
{
    public void Configure(EntityTypeBuilder<RetentionRun> builder) => builder.ToTable("retention_runs");
}
