using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Platform.Core.Storage;

/// <summary>Schema facts that a deployment reads. One row.</summary>
public sealed class SchemaState
{
    public required bool OnlyRow { get; init; }

    /// <summary>The oldest version of the platform that can read the schema: the newest that one of the applied migrations names.</summary>
    public required string ReadableSince { get; init; }

    /// <summary>UTC of the platform's beginning; for those that are older than this column, of its migration.</summary>
    public DateTimeOffset InstalledAt { get; init; }
}

internal sealed class SchemaStateConfiguration : IEntityTypeConfiguration<SchemaState>
{
    public void Configure(EntityTypeBuilder<SchemaState> builder)
    {
        builder.ToTable("schema_state");
        builder.HasKey(state => state.OnlyRow);
    }
}
