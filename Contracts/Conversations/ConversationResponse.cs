using System.Text.Json;

namespace Platform.Contracts.Conversations;

/// <summary>One conversation.</summary>
/// <param name="Id">UUIDv7.</param>
/// <param name="BotId">The bot that answers.</param>
/// <param name="BotHandle">Its handle.</param>
/// <param name="BotDisplayName">What people read.</param>
/// <param name="Title">Null until the first message or a title was given.</param>
/// <param name="MessageCount">Messages stored.</param>
/// <param name="LastSequence">Sequence of the newest message, 0 when there is none.</param>
/// <param name="Metadata">As given at creation.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="UpdatedAt">UTC of the newest message or change.</param>
public sealed record ConversationResponse(
    string Id,
    string BotId,
    string BotHandle,
    string BotDisplayName,
    string? Title,
    long MessageCount,
    long LastSequence,
    JsonElement? Metadata,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt);

/// <summary>Answer of <c>GET /api/v1/conversations</c>.</summary>
/// <param name="Conversations">Latest activity first.</param>
/// <param name="Total">How many there are.</param>
/// <param name="HasMore">True when more follow after this page.</param>
public sealed record ConversationList(IReadOnlyList<ConversationResponse> Conversations, long Total, bool HasMore);
