namespace Platform.Contracts.Traces.Viewer;

/// <summary><c>GET /api/traces</c>.</summary>
/// <param name="Traces">Newest first.</param>
/// <param name="Total">How many match in all.</param>
/// <param name="Offset">As asked.</param>
/// <param name="Limit">As asked, 1 to 200.</param>
public sealed record ViewerTraceList(IReadOnlyList<ViewerTraceEntry> Traces, int Total, int Offset, int Limit);
