namespace Platform.Contracts.Statistics;

/// <summary>What some activations came to.</summary>
/// <param name="Answered">How many were answered.</param>
/// <param name="Silent">How many ended silent.</param>
/// <param name="Failed">How many failed.</param>
/// <param name="Cancelled">How many somebody stopped.</param>
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
