namespace Platform.Core.Traces;

/// <summary>A call's reference to a body, and whether the body is there.</summary>
/// <param name="Link">The reference.</param>
/// <param name="SizeBytes">Uncompressed; null when the body was deleted or never recorded.</param>
/// <param name="DroppedAt">UTC; when retention dropped its day; null when it is stored or never was.</param>
public sealed record CallBody(LlmCallBody Link, int? SizeBytes, DateTimeOffset? DroppedAt);
