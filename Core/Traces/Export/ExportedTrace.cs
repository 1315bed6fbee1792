namespace Platform.Core.Traces.Export;

/// <summary>One trace of an export.</summary>
/// <param name="Row">The list's line.</param>
/// <param name="Document">Byte for byte; null when retention has dropped it.</param>
/// <param name="Calls">In order.</param>
/// <param name="Bodies">By call, in order, without the bodies themselves.</param>
internal sealed record ExportedTrace(Trace Row, byte[]? Document, IReadOnlyList<LlmCall> Calls, ILookup<Guid, CallBody> Bodies);
