namespace Platform.Core.Traces.ChapterX;

/// <summary>What changes when a file is written to.</summary>
/// <param name="SizeBytes">Its size.</param>
/// <param name="ChangedAt">UTC.</param>
internal readonly record struct FileStamp(long SizeBytes, DateTimeOffset ChangedAt);
