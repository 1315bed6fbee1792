namespace Platform.Core.Traces.ChapterX;

/// <summary>A parsed trace, or what is wrong with its file.</summary>
internal sealed record TraceParsing(ParsedTrace? Trace, FileProblem? Problem);
