using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Contracts.Channels;

namespace Platform.Core.Channels;

/// <summary>A message of a person or bot. Messages are only appended.</summary>
public sealed class Message
{
    /// <summary>Longest message of a conversation, in UTF-16 units.</summary>
    public const int MaxConversationLength = 100_000;

    /// <summary>UUIDv7.</summary>
    public required Guid Id { get; init; }

    public required string TenantId { get; init; }

    public required Guid ChannelId { get; init; }

    /// <summary>From 1, gap-free in its channel.</summary>
    public required long Sequence { get; init; }

    public required Guid AuthorId { get; init; }

    public required MessageRole Role { get; init; }

    public required string Content { get; init; }

    /// <summary>The message that this one answers.</summary>
    public Guid? ReplyTo { get; init; }

    /// <summary>The message that this one quotes.</summary>
    public Guid? QuoteOf { get; init; }

    /// <summary>The activation that wrote it; null for what a person wrote.</summary>
    public Guid? ActivationId { get; init; }

    /// <summary>The id that its own program gave it.</summary>
    public string? ExternalId { get; init; }

    public string? Model { get; init; }

    public string? Provider { get; init; }

    /// <summary>True when the offline model wrote it.</summary>
    public bool Rehearsal { get; init; }

    /// <summary>Prompt tokens; null when unknown.</summary>
    public int? TokensIn { get; init; }

    /// <summary>Completion tokens; null when unknown.</summary>
    public int? TokensOut { get; init; }

    /// <summary>True when the counts are our estimate, because the provider sent none.</summary>
    public bool TokensEstimated { get; init; }

    /// <summary>From the first model request to the last token, milliseconds.</summary>
    public int? LatencyMs { get; init; }

    public string? StopReason { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}

internal sealed class MessageConfiguration : IEntityTypeConfiguration<Message>
{
    public void Configure(EntityTypeBuilder<Message> builder) => builder.ToTable("messages");
}
