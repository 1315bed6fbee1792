using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Platform.Core.Schedules;

/// <summary>Something that one process at a time may do, and who may. Changed by <see cref="LeaderLease"/> only.</summary>
public sealed class Leader
{
    /// <summary>The name of the role.</summary>
    public required string Name { get; init; }

    /// <summary>The leading process; null after it released leadership.</summary>
    public string? Owner { get; init; }

    /// <summary>Grows with each new holder; what an older one still writes is refused.</summary>
    public long Fence { get; init; }

    /// <summary>UTC on the database's clock; when the owner became leader.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>UTC on the database's clock; after it any worker may take over.</summary>
    public DateTimeOffset? Until { get; init; }
}

internal sealed class LeaderConfiguration : IEntityTypeConfiguration<Leader>
{
    public void Configure(EntityTypeBuilder<Leader> builder)
    {
        builder.ToTable("leaders");
        builder.HasKey(leader => leader.Name);
    }
}
