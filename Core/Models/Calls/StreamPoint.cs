namespace Platform.Core.Models.Calls;

/// <summary>How far an answer had come.</summary>
/// <param name="AtMs">Milliseconds since the request.</param>
/// <param name="Characters">What was there by then, in UTF-16 units.</param>
public readonly record struct StreamPoint(int AtMs, int Characters);
