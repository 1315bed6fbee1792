namespace Platform.Core.Traces.ChapterX;

/// <summary>A trace's line of <c>index.jsonl</c>.</summary>
/// <param name="Entry">Its content.</param>
/// <param name="Line">Its bytes and their place.</param>
internal sealed record IndexedLine(IndexEntry Entry, LogLine Line);
