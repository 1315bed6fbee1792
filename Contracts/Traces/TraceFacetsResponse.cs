namespace Platform.Contracts.Traces;

/// <summary>Answer of <c>GET /api/v1/traces/facets</c>: what the list can be narrowed by.</summary>
/// <param name="Bots">Names of bots that have traces.</param>
/// <param name="Channels">Channels that have traces, at most 500.</param>
/// <param name="Models">Models that were called, at most 500.</param>
/// <param name="SilentReasons">Rules that kept a bot silent.</param>
public sealed record TraceFacetsResponse(
    IReadOnlyList<string> Bots, IReadOnlyList<TraceChannel> Channels, IReadOnlyList<string> Models, IReadOnlyList<string> SilentReasons);
