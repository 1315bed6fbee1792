namespace Platform.Contracts.Statistics;

/// <summary>Answer of <c>GET /api/v1/statistics/silence</c>.</summary>
/// <param name="From">UTC: what began earlier is left out.</param>
/// <param name="Silences">The most frequent first, at most 500.</param>
public sealed record SilenceList(DateTimeOffset From, IReadOnlyList<Silence> Silences);
