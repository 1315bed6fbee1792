namespace Platform.Core.Traces.Viewer;

/// <summary>A page of traces.</summary>
/// <param name="Traces">Newest first.</param>
/// <param name="Total">How many match in all.</param>
public sealed record ViewerPage(IReadOnlyList<Trace> Traces, int Total);
