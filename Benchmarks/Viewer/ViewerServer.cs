namespace Platform.Benchmarks.Viewer;

/// <summary>A server of the viewer's API.</summary>
/// <param name="Name">Of its columns.</param>
/// <param name="Client">Reaches it.</param>
/// <param name="ProcessId">Whose memory is its own.</param>
internal sealed record ViewerServer(string Name, HttpClient Client, int ProcessId);
