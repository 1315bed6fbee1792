using System.Text.Json;

namespace Platform.Contracts.Traces;

/// <summary>Answer of <c>GET /api/v1/traces/{id}</c>.</summary>
/// <param name="Summary">The list's line.</param>
/// <param name="TriggerMessageId">Native id or the foreign message's id; null when no message triggered it.</param>
/// <param name="ActivationId">Null for imported traces.</param>
/// <param name="ConversationId">The conversation to go back to; null for imported traces.</param>
/// <param name="Calls">The model requests, in order.</param>
/// <param name="Document">The whole trace, in ChapterX's shape (camelCase); native traces add the key <c>platform</c>. Above 2 MiB an excerpt: long texts are cut, long lists end early.</param>
/// <param name="Effects">Its effects in their present state; null for imported traces.</param>
/// <param name="PreviousTraceId">The trace before it of the same bot in the same channel; null when it is the first.</param>
/// <param name="NextTraceId">The trace after it of the same bot in the same channel; null when it is the last.</param>
/// <param name="DocumentSizeBytes">Size of the whole document when <paramref name="Document"/> is an excerpt, else null. <c>/document</c> has all of it.</param>
public sealed record TraceDetail(
    TraceSummary Summary,
    string? TriggerMessageId,
    string? ActivationId,
    string? ConversationId,
    IReadOnlyList<LlmCallResponse> Calls,
    JsonElement Document,
    IReadOnlyList<TraceEffect>? Effects = null,
    string? PreviousTraceId = null,
    string? NextTraceId = null,
    int? DocumentSizeBytes = null);
