namespace Platform.Contracts.Conversations;

/// <summary>Answer of <c>GET /api/v1/conversations</c>.</summary>
/// <param name="Conversations">Latest activity first.</param>
/// <param name="Total">How many there are.</param>
/// <param name="HasMore">True when more follow after this page.</param>
public sealed record ConversationList(IReadOnlyList<ConversationResponse> Conversations, long Total, bool HasMore);
