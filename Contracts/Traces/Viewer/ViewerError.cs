namespace Platform.Contracts.Traces.Viewer;

/// <summary>How the viewer's routes say what went wrong.</summary>
/// <param name="Error">For people.</param>
public sealed record ViewerError(string Error);
