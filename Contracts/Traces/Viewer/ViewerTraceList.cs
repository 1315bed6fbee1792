namespace Platform.Contracts.Traces.Viewer;

/// <summary><c>GET /api/traces</c>.</summary>
/// <param name="Traces">Newest first.</param>
/// <param name="Total">How many match in all.</param>
/// <param name="Offset">As asked.</param>
/// <param name="Limit">As asked, 1 to 200.</param>
public sealed record ViewerTraceList(IReadOnlyList<ViewerTraceEntry> Traces, int Total, int Offset, int Limit);

/// <summary>A line of ChapterX's trace index without its lists of message ids.</summary>
/// <param name="TraceId">8 hex digits of ChapterX; the native id for native traces.</param>
/// <param name="Timestamp">UTC start, ISO 8601 with milliseconds and Z.</param>
/// <param name="ChannelId">Text, never a number.</param>
/// <param name="TriggeringMessageId">As the trace has it.</param>
/// <param name="BotName">The bot.</param>
/// <param name="ChannelName">Null when unknown.</param>
/// <param name="ActivationReason">E.g. <c>mention</c>.</param>
/// <param name="TriggerPreview">At most 100 UTF-16 units.</param>
/// <param name="ResponsePreview">At most 100 UTF-16 units.</param>
/// <param name="IsThread">Whether the channel is a thread.</param>
/// <param name="ParentChannelId">Of a thread.</param>
/// <param name="Success">False when it failed or was cancelled.</param>
/// <param name="DurationMs">Milliseconds.</param>
/// <param name="LlmCallCount">Model calls.</param>
/// <param name="ToolExecutionCount">Tool calls.</param>
/// <param name="TotalTokens">Prompt and completion.</param>
public sealed record ViewerTraceEntry(
    string TraceId,
    string Timestamp,
    string ChannelId,
    string? TriggeringMessageId,
    string BotName,
    string? ChannelName,
    string ActivationReason,
    string? TriggerPreview,
    string? ResponsePreview,
    bool IsThread,
    string? ParentChannelId,
    bool Success,
    int? DurationMs,
    int LlmCallCount,
    int ToolExecutionCount,
    long TotalTokens);
