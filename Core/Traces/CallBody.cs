namespace Platform.Core.Traces;

/// <summary>A call's reference to a body, and whether the body is there.</summary>
/// <param name="Link">The reference.</param>
/// <param name="SizeBytes">Uncompressed; null when the body is gone or never was there.</param>
/// <param name="DroppedAt">UTC; when retention dropped its day; null when it is here or never was.</param>
public sealed record CallBody(LlmCallBody Link, int? SizeBytes, DateTimeOffset? DroppedAt);
