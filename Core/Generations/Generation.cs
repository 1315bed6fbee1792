using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Platform.Core.Generations;

/// <summary>The growing answer of a running activation, stored a few times a second; deleted once the message is stored.</summary>
public sealed class Generation
{
    public required Guid ActivationId { get; init; }

    public required Guid ChannelId { get; init; }

    /// <summary>The claim that writes it.</summary>
    public required long LeaseFence { get; init; }

    /// <summary>All text so far.</summary>
    public required string Content { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset UpdatedAt { get; init; }
}

internal sealed class GenerationConfiguration : IEntityTypeConfiguration<Generation>
{
    public void Configure(EntityTypeBuilder<Generation> builder)
    {
        builder.ToTable("generations");
        builder.HasKey(generation => generation.ActivationId);
    }
}
