namespace Platform.Contracts.Traces.Viewer;

/// <summary><c>GET /api/channels</c>.</summary>
/// <param name="Channels">Those with the most traces first.</param>
public sealed record ViewerChannels(IReadOnlyList<ViewerChannelEntry> Channels);
