namespace Platform.Core.Traces.ChapterX;

/// <summary>A body that was read, or why it was not.</summary>
internal sealed record LoadedBody(BodyReference Reference, CompressedContent? Content, FileProblem? Problem);
