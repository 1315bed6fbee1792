namespace Platform.Contracts.Access;

/// <summary>A session that was opened with an API key.</summary>
/// <param name="Id">Sent instead of the key, as a bearer token. It is shown once.</param>
/// <param name="ExpiresAt">UTC; 14 days after the last use.</param>
public sealed record SessionResponse(string Id, DateTimeOffset ExpiresAt);
