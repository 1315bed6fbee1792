using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Platform.Core.Traces.Imports;

/// <summary>One import and its result.</summary>
public sealed class ImportRun
{
    /// <summary>UUIDv7.</summary>
    public required Guid Id { get; init; }

    public required string TenantId { get; init; }

    /// <summary>File or folder name, without its path on the server.</summary>
    public required string Source { get; init; }

    public ImportKind Kind { get; init; }

    public ImportState State { get; set; }

    /// <summary>Trace files there are, known before the first is read; null for a watched folder.</summary>
    public int? TracesTotal { get; set; }

    /// <summary>Trace files read so far.</summary>
    public int TracesFound { get; set; }

    public int TracesImported { get; set; }

    public int TracesPresent { get; set; }

    public int TracesFailed { get; set; }

    public int BodiesImported { get; set; }

    public int BodiesMissing { get; set; }

    /// <summary>JSON array of <c>{file, message}</c>.</summary>
    public string Problems { get; set; } = "[]";

    /// <summary>UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>UTC; null while it runs.</summary>
    public DateTimeOffset? FinishedAt { get; set; }
}

internal sealed class ImportRunConfiguration : IEntityTypeConfiguration<ImportRun>
{
    public void Configure(EntityTypeBuilder<ImportRun> builder)
    {
        builder.ToTable("import_runs");
        builder.Property(run => run.Problems).HasColumnType("jsonb");
    }
}
