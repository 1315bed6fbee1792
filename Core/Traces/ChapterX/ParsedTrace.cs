namespace Platform.Core.Traces.ChapterX;

/// <summary>A trace file, ready to be stored.</summary>
/// <param name="File">Where it came from.</param>
/// <param name="Trace">Its row; day of storage and import run are added when it is written.</param>
/// <param name="Document">The file's bytes.</param>
/// <param name="Origin">What an export of it needs besides.</param>
/// <param name="Messages">Its messages; null when it has none.</param>
/// <param name="Calls">Its model requests.</param>
/// <param name="Bodies">What those refer to; their keys are found when the trace is written.</param>
internal sealed record ParsedTrace(
    LogFile File,
    Trace Trace,
    CompressedContent Document,
    TraceOrigin Origin,
    TraceMessages? Messages,
    IReadOnlyList<LlmCall> Calls,
    IReadOnlyList<LlmCallBody> Bodies)
{
    // With the texts that hang on them.
    private const int CallBytes = 400;
    private const int BodyBytes = 200;
    private const int MessageBytes = 80;

    /// <summary>About what it takes in memory: rows of next to nothing in the file are objects here.</summary>
    public int MemoryBytes =>
        Document.Content.Length + (Calls.Count * CallBytes) + (Bodies.Count * BodyBytes) + ((Messages?.MessageIds.Length ?? 0) * MessageBytes);
}
