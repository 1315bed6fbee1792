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

/// <summary>A time bucket.</summary>
/// <param name="Start">UTC.</param>
/// <param name="Figures">Activations that started in it.</param>
public sealed record ActivityBucket(DateTimeOffset Start, ActivityFigures Figures);

/// <summary>Figures of one bot or one model.</summary>
/// <param name="Name">The bot's or the model's.</param>
/// <param name="Figures">Its share.</param>
public sealed record ActivityShare(string Name, ActivityFigures Figures);

/// <summary>Figures of some activations.</summary>
/// <param name="Answered">How many were answered.</param>
/// <param name="Silent">How many ended silent.</param>
/// <param name="Failed">How many failed.</param>
/// <param name="Cancelled">How many were cancelled.</param>
/// <param name="TokensIn">Prompt tokens.</param>
/// <param name="TokensOut">Completion tokens.</param>
/// <param name="CostUsd">US dollars of those whose price is known; null when it is of none.</param>
/// <param name="LatencyP50Ms">Median duration of answered ones, milliseconds; null without any.</param>
/// <param name="LatencyP95Ms">95th percentile, milliseconds; null without any.</param>
public sealed record ActivityFigures(
    long Answered, long Silent, long Failed, long Cancelled, long TokensIn, long TokensOut, decimal? CostUsd, int? LatencyP50Ms, int? LatencyP95Ms)
{
    /// <summary>All of them.</summary>
    public long Activations => Answered + Silent + Failed + Cancelled;
}
