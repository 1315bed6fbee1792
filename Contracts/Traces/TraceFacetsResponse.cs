namespace Platform.Contracts.Traces;

/// <summary>Answer of <c>GET /api/v1/traces/facets</c>: filter values of the list.</summary>
/// <param name="Bots">Names of bots that have traces.</param>
/// <param name="Channels">Channels that have traces, at most 500.</param>
/// <param name="Models">Models that were called, at most 500.</param>
/// <param name="SilentReasons">Rules that kept a bot silent.</param>
public sealed record TraceFacetsResponse(
    IReadOnlyList<string> Bots, IReadOnlyList<TraceChannel> Channels, IReadOnlyList<string> Models, IReadOnlyList<string> SilentReasons);

/// <summary>A channel that traces are of.</summary>
/// <param name="Id">Native id, or the foreign channel's id.</param>
/// <param name="Name">Title or name, as its newest trace has it; null when unknown.</param>
public sealed record TraceChannel(string Id, string? Name);
