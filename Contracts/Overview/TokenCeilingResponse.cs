namespace Platform.Contracts.Overview;

/// <summary>The platform's daily token ceiling.</summary>
/// <param name="Day">UTC day that the figures are for.</param>
/// <param name="Used">Tokens spent or set aside for running calls.</param>
/// <param name="Limit">Tokens a day; null when the ceiling is off.</param>
public sealed record TokenCeilingResponse(DateOnly Day, long Used, long? Limit);
