using Platform.Contracts.Traces;

namespace Platform.Core.Models.Calls;

/// <summary>A raw body of a model request.</summary>
/// <param name="Kind">Request or response.</param>
/// <param name="Bytes">As on the wire; a streamed response is its raw event text.</param>
public sealed record ModelBody(BodyKind Kind, ReadOnlyMemory<byte> Bytes);
