namespace Platform.Core.Traces.ChapterX;

/// <summary>A parsed trace, or the problem of its file.</summary>
internal sealed record TraceParsing(ParsedTrace? Trace, FileProblem? Problem);
