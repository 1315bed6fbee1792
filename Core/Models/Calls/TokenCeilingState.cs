namespace Platform.Core.Models.Calls;

/// <summary>The platform's token figures of a day.</summary>
/// <param name="Day">UTC day on the database's clock.</param>
/// <param name="Used">Tokens spent, or set aside for running calls.</param>
/// <param name="Limit">Tokens a day; null when the ceiling is off.</param>
public sealed record TokenCeilingState(DateOnly Day, long Used, long? Limit);
