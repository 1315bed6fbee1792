namespace Platform.Contracts.Conversations;

/// <summary>Answer of <c>GET /api/v1/conversations/{id}/messages</c>.</summary>
/// <param name="Messages">By sequence, ascending.</param>
/// <param name="HasMore">True when more follow after <paramref name="LastSequence"/>.</param>
/// <param name="LastSequence">Sequence of the last message of this page; the cursor given when the page is empty.</param>
/// <param name="StreamActive">True while an answer is being written or waits to be.</param>
public sealed record MessageList(IReadOnlyList<MessageResponse> Messages, bool HasMore, long LastSequence, bool StreamActive);
