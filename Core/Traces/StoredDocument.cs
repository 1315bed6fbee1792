using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Platform.Core.Traces;

/// <summary>A trace as JSON, byte for byte.</summary>
public sealed class StoredDocument
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

    /// <summary>Path inside its logs folder; null when it is the one that ChapterX gives such a file, and for native traces.</summary>
    public string? SourcePath { get; init; }

    /// <summary>Where its line began in <c>index.jsonl</c>, in bytes; null when the index did not name it.</summary>
    public long? IndexPosition { get; init; }

    /// <summary>That line without its end; null when it is the one that an export writes.</summary>
    public byte[]? IndexLine { get; init; }

    /// <summary>Its lines of streaming metrics with their ends, compressed with Brotli; null when there are none.</summary>
    public byte[]? StreamLines { get; init; }

    /// <summary>Uncompressed size of <see cref="StreamLines"/>.</summary>
    public int? StreamBytes { get; init; }
}

internal sealed class StoredDocumentConfiguration : IEntityTypeConfiguration<StoredDocument>
{
    public void Configure(EntityTypeBuilder<StoredDocument> builder)
    {
        builder.ToTable("trace_documents");
        builder.HasKey(document => new { document.StoredDay, document.TraceId });
    }
}
