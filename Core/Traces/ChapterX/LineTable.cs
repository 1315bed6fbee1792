namespace Platform.Core.Traces.ChapterX;

/// <summary>Where lines begin, by a key: 24 bytes a line, however long the lines are.</summary>
/// <param name="memoryBytes">What imports may take. The table takes an eighth of it at most.</param>
internal sealed class LineTable(long memoryBytes)
{
    // So many are gone through one by one before they are sorted in.
    private const int MostRecent = 4096;

    private const int EntryBytes = 24;

    private readonly List<Entry> _sorted = [];
    private readonly List<Entry> _recent = [];

    // The list that holds them may be twice as large as they are.
    private readonly long _most = Math.Max(100_000, memoryBytes / 8 / (2 * EntryBytes));

    /// <summary>Remembers a line.</summary>
    /// <param name="key">A hash of what it will be found by.</param>
    /// <param name="file">Which of several files it is in, from 0.</param>
    /// <param name="line">The line.</param>
    /// <exception cref="InvalidDataException">There are more lines than may be remembered.</exception>
    public void Add(int key, int file, LogLine line)
    {
        if (_sorted.Count + _recent.Count >= _most)
        {
            throw new InvalidDataException($"There are more than {_most} lines, which is what the memory for imports allows (Imports:MemoryBytes).");
        }

        _recent.Add(new Entry(key, file, line.Position, line.Bytes.Length));
    }

    /// <summary>Ends a round of adding. Nobody looks for lines meanwhile.</summary>
    public void Settle()
    {
        if (_sorted.Count == 0 || _recent.Count > MostRecent)
        {
            _sorted.AddRange(_recent);
            _sorted.Sort();
            _recent.Clear();
        }
    }

    /// <summary>Forgets all lines.</summary>
    public void Clear()
    {
        _sorted.Clear();
        _recent.Clear();
    }

    /// <summary>Finds the lines of a key, in the order of files and lines; a few of other keys may be among them.</summary>
    public IEnumerable<Entry> Find(int key)
    {
        var first = _sorted.BinarySearch(new Entry(key, int.MinValue, 0, 0));
        for (var at = first < 0 ? ~first : first; at < _sorted.Count && _sorted[at].Key == key; at++)
        {
            yield return _sorted[at];
        }

        foreach (var entry in _recent)
        {
            if (entry.Key == key)
            {
                yield return entry;
            }
        }
    }

    /// <summary>A line's place.</summary>
    /// <param name="Key">A hash.</param>
    /// <param name="File">From 0.</param>
    /// <param name="Position">In bytes.</param>
    /// <param name="Length">In bytes, without the line's end.</param>
    public readonly record struct Entry(int Key, int File, long Position, int Length) : IComparable<Entry>
    {
        public int CompareTo(Entry other) => (Key, File, Position).CompareTo((other.Key, other.File, other.Position));
    }
}
