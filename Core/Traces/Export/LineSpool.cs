using System.Buffers;

namespace Platform.Core.Traces.Export;

/// <summary>Keeps the lines of several files on disk until their order is known; memory holds where they are, 40 bytes each.</summary>
internal sealed class LineSpool : IDisposable
{
    private const int BufferBytes = 256 * 1024;

    private readonly FileStream _file = TemporaryFile.Open();
    private readonly ArrayBufferWriter<byte> _buffer = new(BufferBytes);
    private readonly List<SpooledLine> _lines = [];
    private readonly Dictionary<string, int> _files = new(StringComparer.Ordinal);
    private long _written;

    /// <summary>Adds a line.</summary>
    /// <param name="path">Of the file that it belongs to.</param>
    /// <param name="line">Without its end.</param>
    /// <param name="place">A file's lines come out by this,</param>
    /// <param name="moment">then by this, then as they came in.</param>
    /// <exception cref="TemporaryFolderFullException">There is no room.</exception>
    public void Add(string path, ReadOnlySpan<byte> line, long place, DateTimeOffset moment)
    {
        if (!_files.TryGetValue(path, out var group))
        {
            _files[path] = group = _files.Count;
        }

        _lines.Add(new SpooledLine(group, place, moment.UtcTicks, _written + _buffer.WrittenCount, line.Length + 1));
        _buffer.Write(line);
        _buffer.Write("\n"u8);
        if (_buffer.WrittenCount >= BufferBytes)
        {
            Flush();
        }
    }

    /// <summary>The files that have lines, in the order of their first one. No line is added after this.</summary>
    public IReadOnlyList<string> Files()
    {
        Flush();
        _lines.Sort();
        return [.. _files.OrderBy(file => file.Value).Select(file => file.Key)];
    }

    /// <summary>Gives the lines of one of <see cref="Files"/>, each with its end, in their order.</summary>
    public IEnumerable<byte[]> Lines(string path)
    {
        var group = _files[path];
        for (var at = ~_lines.BinarySearch(new SpooledLine(group, long.MinValue, long.MinValue, long.MinValue, 0)); at < _lines.Count && _lines[at].Group == group; at++)
        {
            var bytes = new byte[_lines[at].Length];
            RandomAccess.Read(_file.SafeFileHandle, bytes, _lines[at].Position);
            yield return bytes;
        }
    }

    public void Dispose() => _file.Dispose();

    private void Flush()
    {
        TemporaryFile.Write(_file, _buffer.WrittenSpan, _written);
        _written += _buffer.WrittenCount;
        _buffer.ResetWrittenCount();
    }

    private readonly record struct SpooledLine(int Group, long Place, long Ticks, long Position, int Length) : IComparable<SpooledLine>
    {
        public int CompareTo(SpooledLine other) => (Group, Place, Ticks, Position).CompareTo((other.Group, other.Place, other.Ticks, other.Position));
    }
}
