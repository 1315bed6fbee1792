using Platform.Contracts.Traces.Document;

namespace Platform.Core.Traces.Diff;

/// <summary>One side of a comparison, with what was read for it.</summary>
/// <param name="Row">The list's line.</param>
/// <param name="Document">Null when retention has dropped it.</param>
/// <param name="Calls">In order.</param>
/// <param name="Request">The last request of the last call; null when it is not here.</param>
internal sealed record ComparedTrace(Trace Row, TraceDocument? Document, IReadOnlyList<LlmCall> Calls, byte[]? Request);
