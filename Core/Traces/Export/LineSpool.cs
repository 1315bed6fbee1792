using System.Buffers;

namespace Platform.Core.Traces.Export;

/// <summary>Keeps the lines of several files on disk until their order is known; memory holds where they are, 40 bytes each.</summary>
internal sealed class LineSpool : IDisposable
{
    private const int BufferBytes = 256 * 1024;

    private readonly FileStream file = TemporaryFile.Open();
    private readonly ArrayBufferWriter<byte> buffer = new(BufferBytes);
    private readonly List<SpooledLine> lines = [];
    private readonly Dictionary<string, int> files = new(StringComparer.Ordinal);
    private long written;

    /// <summary>Adds a line.</summary>
    /// <param name="path">Of the file that it belongs to.</param>
    /// <param name="line">Without its end.</param>
    /// <param name="place">A file's lines come out by this,</param>
    /// <param name="moment">then by this, then as they came in.</param>
    public void Add(string path, ReadOnlySpan<byte> line, long place, DateTimeOffset moment)
    {
        if (!files.TryGetValue(path, out var group))
        {
            files[path] = group = files.Count;
        }

        lines.Add(new SpooledLine(group, place, moment.UtcTicks, written + buffer.WrittenCount, line.Length + 1));
        buffer.Write(line);
        buffer.Write("\n"u8);
        if (buffer.WrittenCount >= BufferBytes)
        {
            Flush();
        }
    }

    /// <summary>The files that have lines, in the order of their first one. No line is added after this.</summary>
    public IReadOnlyList<string> Files()
    {
        Flush();
        lines.Sort();
        return [.. files.OrderBy(file => file.Value).Select(file => file.Key)];
    }

    /// <summary>Gives the lines of one of <see cref="Files"/>, each with its end, in their order.</summary>
    public IEnumerable<byte[]> Lines(string path)
    {
        var group = files[path];
        for (var at = ~lines.BinarySearch(new SpooledLine(group, long.MinValue, long.MinValue, long.MinValue, 0)); at < lines.Count && lines[at].Group == group; at++)
        {
            var bytes = new byte[lines[at].Length];
            RandomAccess.Read(file.SafeFileHandle, bytes, lines[at].Position);
            yield return bytes;
        }
    }

    public void Dispose() => file.Dispose();

    private void Flush()
    {
        RandomAccess.Write(file.SafeFileHandle, buffer.WrittenSpan, written);
        written += buffer.WrittenCount;
        buffer.ResetWrittenCount();
    }

    private readonly record struct SpooledLine(int Group, long Place, long Ticks, long Position, int Length) : IComparable<SpooledLine>
    {
        public int CompareTo(SpooledLine other) => (Group, Place, Ticks, Position).CompareTo((other.Group, other.Place, other.Ticks, other.Position));
    }
}
