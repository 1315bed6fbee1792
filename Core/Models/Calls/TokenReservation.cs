namespace Platform.Core.Models.Calls;

/// <summary>Tokens set aside for one call.</summary>
/// <param name="Day">The UTC day that they are charged to, also when the call ends on the next.</param>
/// <param name="Tokens">The estimate.</param>
internal readonly record struct TokenReservation(DateOnly Day, long Tokens);
