namespace Platform.Contracts.Statistics;

/// <summary>Answer of <c>GET /api/v1/statistics</c>: activations over time, by bot and by model.</summary>
/// <param name="Range"><c>24h</c>, <c>7d</c> or <c>30d</c>.</param>
/// <param name="From">UTC start of the first bucket.</param>
/// <param name="To">UTC end of the last one: now.</param>
/// <param name="BucketSeconds">How long a bucket is.</param>
/// <param name="LatencyIsSampled">True when the percentiles are those of a random sample; the sums never are.</param>
/// <param name="Total">All of them.</param>
/// <param name="Buckets">Every bucket, oldest first.</param>
/// <param name="Bots">Bots with the most activations first, at most 50.</param>
/// <param name="Models">Models with the most activations first, at most 50; activations without a model call are in none.</param>
public sealed record StatisticsResponse(
    string Range,
    DateTimeOffset From,
    DateTimeOffset To,
    int BucketSeconds,
    bool LatencyIsSampled,
    ActivityFigures Total,
    IReadOnlyList<ActivityBucket> Buckets,
    IReadOnlyList<ActivityShare> Bots,
    IReadOnlyList<ActivityShare> Models);
