namespace Platform.Core.Traces.Viewer;

/// <summary>A channel of which there are traces.</summary>
/// <param name="Id">As text.</param>
/// <param name="Name">The newest known; the id where none is.</param>
/// <param name="Count">Its traces.</param>
public sealed record ViewerChannel(string Id, string Name, int Count);
