namespace Platform.Core.Traces.ChapterX;

/// <summary>What an export needs beyond the document to write a trace byte for byte.</summary>
/// <param name="Path">Of the file inside its logs folder; null when it is the one that ChapterX gives it.</param>
/// <param name="IndexPosition">Where its line began in the index, in bytes; null without a line.</param>
/// <param name="IndexLine">The line; null when it is the one that <see cref="IndexLineWriter"/> writes.</param>
/// <param name="Streams">Its lines of streaming metrics; null when there are none.</param>
internal sealed record TraceOrigin(string? Path, long? IndexPosition, byte[]? IndexLine, CompressedContent? Streams);
