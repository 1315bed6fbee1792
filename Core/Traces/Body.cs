using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Platform.Core.Traces;

/// <summary>A raw request or response, kept once a day of arrival.</summary>
public sealed class Body
{
    /// <summary>UTC day of arrival; the partition.</summary>
    public required DateOnly StoredDay { get; init; }

    /// <summary>Of the uncompressed bytes.</summary>
    public required byte[] Sha256 { get; init; }

    /// <summary>Uncompressed.</summary>
    public required int SizeBytes { get; init; }

    /// <summary>Compressed with Brotli.</summary>
    public required byte[] Content { get; init; }

    /// <summary>UTC; null keeps it as long as its partition.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

internal sealed class BodyConfiguration : IEntityTypeConfiguration<Body>
{
    public void Configure(EntityTypeBuilder<Body> builder)
    {
        builder.ToTable("bodies");
        builder.HasKey(body => new { body.StoredDay, body.Sha256 });
    }
}
