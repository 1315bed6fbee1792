using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Contracts.Channels;

namespace Platform.Core.Channels;

/// <summary>A container of messages.</summary>
public sealed class Channel
{
    /// <summary>UUIDv7.</summary>
    public required Guid Id { get; init; }

    public required string TenantId { get; init; }

    public required ChannelKind Kind { get; init; }

    /// <summary>The channel that a thread hangs on.</summary>
    public Guid? ParentId { get; init; }

    /// <summary>The id that its own program gave it, e.g. a Discord snowflake.</summary>
    public string? ExternalId { get; init; }

    /// <summary>The bot that answers in a conversation.</summary>
    public Guid? BotId { get; init; }

    public required Guid CreatedBy { get; init; }

    /// <summary>At most 200 characters.</summary>
    public string? Title { get; set; }

    /// <summary>A JSON object that the creator gets back untouched.</summary>
    public string? Metadata { get; init; }

    /// <summary>The sequence that the next message gets; raised under a row lock, so that there are no gaps.</summary>
    public long NextSequence { get; init; } = 1;

    /// <summary>UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>UTC of the newest message or change.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>UTC; null while it is there.</summary>
    public DateTimeOffset? DeletedAt { get; init; }
}

internal sealed class ChannelConfiguration : IEntityTypeConfiguration<Channel>
{
    public void Configure(EntityTypeBuilder<Channel> builder)
    {
        builder.ToTable("channels");
        builder.Property(channel => channel.Metadata).HasColumnType("jsonb");
    }
}
