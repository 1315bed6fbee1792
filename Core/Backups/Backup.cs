using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Contracts.Backups;

namespace Platform.Core.Backups;

/// <summary>A backup of the database.</summary>
public sealed class Backup
{
    /// <summary>UUIDv7.</summary>
    public required Guid Id { get; init; }

    /// <summary>Name of the dump.</summary>
    public required string File { get; init; }

    public required BackupCause Cause { get; init; }

    /// <summary>Of the platform that made it.</summary>
    public required string Version { get; init; }

    /// <summary>Of the dump.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>UTC of its contents.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class BackupConfiguration : IEntityTypeConfiguration<Backup>
{
    public void Configure(EntityTypeBuilder<Backup> builder) => builder.ToTable("backups");
}
