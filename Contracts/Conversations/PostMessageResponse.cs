namespace Platform.Contracts.Conversations;

/// <summary>202 of <c>POST /api/v1/conversations/{id}/messages</c>: stored, and the bot is asked.</summary>
/// <param name="Message">The stored message.</param>
/// <param name="Sequence">Its sequence.</param>
/// <param name="ActivationId">The activation that will answer it.</param>
/// <param name="StreamUrl">Where its tokens can be followed, relative to the server.</param>
public sealed record PostMessageResponse(MessageResponse Message, long Sequence, string ActivationId, string StreamUrl);
