namespace Platform.Contracts.Traces.Viewer;

/// <summary>Error body of the viewer's routes.</summary>
/// <param name="Error">For people.</param>
public sealed record ViewerError(string Error);
