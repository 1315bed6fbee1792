using Platform.Contracts.Activations;
using Platform.Contracts.Channels;

namespace Platform.Contracts.Conversations;

/// <summary>One stored message.</summary>
/// <param name="Id">UUIDv7.</param>
/// <param name="ConversationId">Its channel.</param>
/// <param name="Sequence">Gap-free in its channel, from 1.</param>
/// <param name="Role">Role of the author.</param>
/// <param name="AuthorId">The author.</param>
/// <param name="AuthorHandle">The author's handle.</param>
/// <param name="AuthorDisplayName">What people read.</param>
/// <param name="Content">Plain text or Markdown, 1 to 100 000 characters.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="ActivationId">The activation that wrote it; null for what a person wrote.</param>
/// <param name="TraceId">That activation's trace.</param>
/// <param name="Model">The model that wrote it.</param>
/// <param name="Provider">The model's provider.</param>
/// <param name="Rehearsal">True when the offline model wrote it.</param>
/// <param name="TokensIn">Prompt tokens; null when unknown.</param>
/// <param name="TokensOut">Completion tokens; null when unknown.</param>
/// <param name="LatencyMs">From the first model request to the last token, milliseconds.</param>
/// <param name="StopReason">Why the model stopped, e.g. <c>end_turn</c>, <c>max_tokens</c>, <c>refusal</c>, <c>max_characters</c> (cut at 100 000), or the provider's own value.</param>
/// <param name="Activations">The activations that this message triggered; empty for a bot's message.</param>
/// <param name="TokensEstimated">True when the token counts are an estimate, because the provider sent none; else null.</param>
public sealed record MessageResponse(
    string Id,
    string ConversationId,
    long Sequence,
    MessageRole Role,
    string AuthorId,
    string AuthorHandle,
    string AuthorDisplayName,
    string Content,
    DateTimeOffset CreatedAt,
    string? ActivationId,
    string? TraceId,
    string? Model,
    string? Provider,
    bool? Rehearsal,
    int? TokensIn,
    int? TokensOut,
    int? LatencyMs,
    string? StopReason,
    IReadOnlyList<ActivationResponse> Activations,
    bool? TokensEstimated = null);

/// <summary>Answer of <c>GET /api/v1/conversations/{id}/messages</c>.</summary>
/// <param name="Messages">By sequence, ascending.</param>
/// <param name="HasMore">True when more follow after <paramref name="LastSequence"/>.</param>
/// <param name="LastSequence">Sequence of the last message of this page; the cursor given when the page is empty.</param>
/// <param name="StreamActive">True while the conversation has a queued or running activation.</param>
public sealed record MessageList(IReadOnlyList<MessageResponse> Messages, bool HasMore, long LastSequence, bool StreamActive);
