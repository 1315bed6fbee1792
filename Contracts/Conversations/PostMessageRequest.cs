namespace Platform.Contracts.Conversations;

/// <summary>Body of <c>POST /api/v1/conversations/{id}/messages</c>.</summary>
/// <param name="Content">1 to 100 000 characters of valid Unicode, not only white space.</param>
/// <param name="Model">A model for this answer only; null means the bot's.</param>
/// <param name="Stream">Accepted for older clients: an answer is always streamed and always stored.</param>
public sealed record PostMessageRequest(string? Content, string? Model = null, bool? Stream = null);

/// <summary>202 of <c>POST /api/v1/conversations/{id}/messages</c>: stored, and the bot's activation is queued.</summary>
/// <param name="Message">The stored message.</param>
/// <param name="Sequence">Its sequence.</param>
/// <param name="ActivationId">The activation that will answer it.</param>
/// <param name="StreamUrl">Where its tokens can be followed, relative to the server.</param>
public sealed record PostMessageResponse(MessageResponse Message, long Sequence, string ActivationId, string StreamUrl);
