namespace Platform.Contracts.Statistics;

/// <summary>A stretch of time.</summary>
/// <param name="Start">UTC.</param>
/// <param name="Figures">What began in it.</param>
public sealed record ActivityBucket(DateTimeOffset Start, ActivityFigures Figures);
