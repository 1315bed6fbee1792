using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Platform.Core.Traces;

/// <summary>A trace as JSON, byte for byte.</summary>
public sealed class TraceDocument
{
    /// <summary>UTC day of arrival; the partition.</summary>
    public required DateOnly StoredDay { get; init; }

    public required Guid TraceId { get; init; }

    /// <summary>Uncompressed.</summary>
    public required int SizeBytes { get; init; }

    /// <summary>Of the uncompressed bytes.</summary>
    public required byte[] Sha256 { get; init; }

    /// <summary>Compressed with Brotli.</summary>
    public required byte[] Content { get; init; }
}

internal sealed class TraceDocumentConfiguration : IEntityTypeConfiguration<TraceDocument>
{
    public void Configure(EntityTypeBuilder<TraceDocument> builder)
    {
        builder.ToTable("trace_documents");
        builder.HasKey(document => new { document.StoredDay, document.TraceId });
    }
}
