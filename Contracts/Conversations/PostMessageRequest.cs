namespace Platform.Contracts.Conversations;

/// <summary>Body of <c>POST /api/v1/conversations/{id}/messages</c>.</summary>
/// <param name="Content">1 to 100 000 characters of valid Unicode, not only white space.</param>
/// <param name="Model">A model for this answer only; null takes the bot's.</param>
/// <param name="Stream">Accepted for older clients: an answer is always streamed and always stored.</param>
public sealed record PostMessageRequest(string? Content, string? Model = null, bool? Stream = null);
