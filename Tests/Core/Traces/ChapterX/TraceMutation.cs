namespace Platform.Tests.Core.Traces.ChapterX;

/// <summary>A trace file as no program should write it.</summary>
/// <param name="Kind">What was done to it.</param>
/// <param name="Path">Inside the logs folder.</param>
/// <param name="Number">Its number.</param>
/// <param name="Bytes">Its content.</param>
internal sealed record TraceMutation(string Kind, string Path, int Number, byte[] Bytes);
