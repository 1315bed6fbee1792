namespace Platform.Core.Models.Calls;

/// <summary>A silence of more than a second within an answer.</summary>
/// <param name="AtMs">When it began, in milliseconds since the request.</param>
/// <param name="DurationMs">How long nothing came, in milliseconds.</param>
public sealed record StreamStall(int AtMs, int DurationMs);
