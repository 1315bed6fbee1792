namespace Platform.Contracts.Traces;

/// <summary>How many traces fit.</summary>
/// <param name="Count">The number.</param>
/// <param name="IsEstimate">True when it is what the database expects, not what it counted.</param>
public sealed record TraceCount(long Count, bool IsEstimate);
