using System.Buffers;

namespace Platform.Core.Traces.ChapterX;

/// <summary>Splits a growing JSONL file into lines, without ever holding more than one of them.</summary>
internal static class IndexLines
{
    /// <summary>Longest line that is read, in bytes; a context of a thousand messages takes 22 kB.</summary>
    public const int LongestLineBytes = 1024 * 1024;

    private const int BlockBytes = 64 * 1024;

    /// <summary>Gives each line that has ended. The last one, which ChapterX may be writing right now, is left out until it has.</summary>
    /// <param name="tree">Where the file lies.</param>
    /// <param name="path">Of the file; one that is not there has no lines.</param>
    /// <param name="position">Where a line begins, in bytes; it and those after it are read.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file is damaged; the lines before the damage were given.</exception>
    public static IEnumerable<LogLine> Read(ILogTree tree, string path, long position, CancellationToken cancellationToken)
    {
        var block = new byte[BlockBytes];
        var line = new ArrayBufferWriter<byte>();
        var tooLong = false;
        var start = position;
        for (int read; (read = tree.ReadPart(path, position, block)) > 0; position += read)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var at = 0;
            for (int length; (length = block.AsSpan(at, read - at).IndexOf((byte)'\n')) >= 0; at += length + 1)
            {
                line.Write(block.AsSpan(at, length));
                var end = position + at + length + 1;
                yield return new LogLine(tooLong || line.WrittenCount > LongestLineBytes ? [] : line.WrittenSpan.ToArray(), start, end);
                (start, tooLong) = (end, false);
                line.ResetWrittenCount();
            }

            line.Write(block.AsSpan(at, read - at));
            if (line.WrittenCount > LongestLineBytes)
            {
                tooLong = true;
                line.ResetWrittenCount();
            }
        }
    }
}
