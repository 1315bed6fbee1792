using System.Text.Json;

namespace Platform.Contracts.Traces;

/// <summary>Answer of <c>GET /api/v1/traces/{id}</c>.</summary>
/// <param name="Summary">The list's line.</param>
/// <param name="TriggerMessageId">Ours or the foreign message's id; null when no message asked.</param>
/// <param name="ActivationId">Null for imported traces.</param>
/// <param name="ConversationId">The conversation to go back to; null for imported traces.</param>
/// <param name="Calls">The model requests, in order.</param>
/// <param name="Document">The whole trace, in ChapterX's shape (camelCase); our own traces add the key <c>platform</c>.</param>
public sealed record TraceDetail(
    TraceSummary Summary,
    string? TriggerMessageId,
    string? ActivationId,
    string? ConversationId,
    IReadOnlyList<LlmCallResponse> Calls,
    JsonElement Document);
