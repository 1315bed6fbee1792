namespace Platform.Core.Conversations;

/// <summary>A conversation as clients see it.</summary>
public sealed record ConversationView
{
    public required Guid Id { get; init; }

    public required Guid BotId { get; init; }

    public required string BotHandle { get; init; }

    public required string BotDisplayName { get; init; }

    public required string? Title { get; init; }

    /// <summary>Sequence of the newest message, 0 when there is none; as sequences have no gaps, also the number of messages.</summary>
    public required long LastSequence { get; init; }

    /// <summary>A JSON object.</summary>
    public required string? Metadata { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>UTC of the newest message or change.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
