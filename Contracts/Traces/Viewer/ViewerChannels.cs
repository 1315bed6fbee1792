namespace Platform.Contracts.Traces.Viewer;

/// <summary><c>GET /api/channels</c>.</summary>
/// <param name="Channels">Those with the most traces first.</param>
public sealed record ViewerChannels(IReadOnlyList<ViewerChannelEntry> Channels);

/// <summary>A channel of which there are traces.</summary>
/// <param name="Id">Text, never a number.</param>
/// <param name="Name">The id where no name is known.</param>
/// <param name="Count">Its traces.</param>
public sealed record ViewerChannelEntry(string Id, string Name, int Count);
