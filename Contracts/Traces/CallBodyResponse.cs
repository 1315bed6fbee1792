namespace Platform.Contracts.Traces;

/// <summary>A raw body that belongs to a model request.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Position">From 0 among the call's bodies of that kind.</param>
/// <param name="Ref">The name under which the trace document mentions it.</param>
/// <param name="SizeBytes">Uncompressed; null when the body was deleted or never recorded.</param>
/// <param name="DroppedAt">UTC; when retention dropped it; null when it is stored or never was.</param>
/// <param name="Url">Where to read it, relative to the server; null when it is not there.</param>
public sealed record CallBodyResponse(BodyKind Kind, int Position, string Ref, long? SizeBytes, DateTimeOffset? DroppedAt, string? Url);
