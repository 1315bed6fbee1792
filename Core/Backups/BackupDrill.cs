using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Platform.Core.Backups;

/// <summary>A restore drill: a backup restored into a scratch database and compared with its manifest.</summary>
public sealed class BackupDrill
{
    /// <summary>UUIDv7.</summary>
    public required Guid Id { get; init; }

    /// <summary>Name of the dump.</summary>
    public required string File { get; init; }

    /// <summary>Why it could not be restored; null when it could.</summary>
    public string? Problem { get; init; }

    /// <summary>Tables that were compared; null when it could not be restored, and for drills of earlier versions.</summary>
    public int? Tables { get; init; }

    /// <summary>Rows in them; null as for the tables.</summary>
    public long? Rows { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset FinishedAt { get; init; }
}

internal sealed class BackupDrillConfiguration : IEntityTypeConfiguration<BackupDrill>
{
    public void Configure(EntityTypeBuilder<BackupDrill> builder) => builder.ToTable("backup_drills");
}
