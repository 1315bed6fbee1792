namespace Platform.Contracts.Traces.Viewer;

/// <summary><c>GET /api/bots</c>.</summary>
/// <param name="Bots">Names of the bots that have traces, in ordinal order.</param>
public sealed record ViewerBots(IReadOnlyList<string> Bots);
