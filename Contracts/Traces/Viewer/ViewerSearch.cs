namespace Platform.Contracts.Traces.Viewer;

/// <summary><c>GET /api/search</c>.</summary>
/// <param name="MessageId">What was searched for: the id at the end of a link; empty when nothing was.</param>
/// <param name="Results">Newest first.</param>
public sealed record ViewerSearch(string MessageId, IReadOnlyList<ViewerSearchResult> Results);

/// <summary>A trace with the message.</summary>
/// <param name="TraceId">As in <see cref="ViewerTraceEntry"/>.</param>
/// <param name="Timestamp">As in <see cref="ViewerTraceEntry"/>.</param>
/// <param name="Role"><c>trigger</c>, <c>context</c> or <c>sent</c>.</param>
/// <param name="Position">From 0 within the context; null in another role.</param>
/// <param name="Success">As in <see cref="ViewerTraceEntry"/>.</param>
/// <param name="ResponsePreview">As in <see cref="ViewerTraceEntry"/>; null in the role <c>context</c>.</param>
/// <param name="BotName">As in <see cref="ViewerTraceEntry"/>.</param>
/// <param name="ChannelName">As in <see cref="ViewerTraceEntry"/>.</param>
public sealed record ViewerSearchResult(
    string TraceId,
    string Timestamp,
    string Role,
    int? Position,
    bool Success,
    string? ResponsePreview,
    string BotName,
    string? ChannelName);
