namespace Platform.Core.Traces.ChapterX;

/// <summary>A line of a JSONL file.</summary>
/// <param name="Bytes">Without its end; empty for one that is too long.</param>
/// <param name="Position">Where it begins in the file, in bytes.</param>
/// <param name="End">Where the next one begins, in bytes.</param>
internal readonly record struct LogLine(byte[] Bytes, long Position, long End)
{
    public LogLine(byte[] bytes, long position)
        : this(bytes, position, position + bytes.Length + 1)
    {
    }
}
