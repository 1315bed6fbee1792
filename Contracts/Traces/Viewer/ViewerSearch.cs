namespace Platform.Contracts.Traces.Viewer;

/// <summary><c>GET /api/search</c>.</summary>
/// <param name="MessageId">What was searched for: the id at the end of a link; empty when nothing was.</param>
/// <param name="Results">Newest first.</param>
public sealed record ViewerSearch(string MessageId, IReadOnlyList<ViewerSearchResult> Results);
