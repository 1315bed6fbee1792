namespace Platform.Core.Traces.ChapterX;

/// <summary>A trace file that could not be read, perhaps because it is still being written.</summary>
/// <param name="File">Where it is.</param>
/// <param name="Stamp">Size and time of last change when it was read.</param>
/// <param name="Since">UTC; when it was first seen so.</param>
/// <param name="Reported">Whether the run has it among its problems.</param>
/// <param name="Problem">What is wrong with it.</param>
internal sealed record UnfinishedFile(LogFile File, FileStamp Stamp, DateTimeOffset Since, bool Reported, FileProblem Problem);
