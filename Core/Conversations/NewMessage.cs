namespace Platform.Core.Conversations;

/// <summary>A message that a person posts to a conversation.</summary>
/// <param name="TenantId">Whose conversation it must be.</param>
/// <param name="ChannelId">The conversation.</param>
/// <param name="AuthorId">Who writes.</param>
/// <param name="Content">1 to <see cref="Core.Channels.Message.MaxConversationLength"/> UTF-16 units, valid Unicode without NUL.</param>
/// <param name="Model">A model for this answer only.</param>
/// <param name="TraceParent">W3C trace context of the request.</param>
/// <param name="CorrelationId">Correlation id of the request.</param>
public sealed record NewMessage(
    string TenantId,
    Guid ChannelId,
    Guid AuthorId,
    string Content,
    string? Model,
    string? TraceParent,
    string? CorrelationId);
