using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Platform.Core.Traces.Views;

/// <summary>A view of the trace list that somebody saved.</summary>
public sealed class SavedView
{
    public required string TenantId { get; init; }

    /// <summary>Name of the key whose holder saved it.</summary>
    public required string Principal { get; init; }

    public required string Name { get; init; }

    /// <summary>The list's query string, without <c>?</c> and without a cursor.</summary>
    public required string Query { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset UpdatedAt { get; init; }
}

internal sealed class SavedViewConfiguration : IEntityTypeConfiguration<SavedView>
{
    public void Configure(EntityTypeBuilder<SavedView> builder)
    {
        builder.ToTable("saved_views");
        builder.HasKey(view => new { view.TenantId, view.Principal, view.Name });
    }
}
