namespace Platform.Core.Traces.ChapterX;

/// <summary>Where lines begin, by a key: 24 bytes a line, however long the lines are.</summary>
internal sealed class LineTable
{
    private readonly List<Entry> entries = [];

    /// <summary>Remembers a line. All are added before the first is looked for.</summary>
    /// <param name="key">What it will be found by.</param>
    /// <param name="file">Which of several files it is in, from 0.</param>
    /// <param name="line">The line.</param>
    public void Add(string key, int file, LogLine line) => entries.Add(new Entry(string.GetHashCode(key, StringComparison.Ordinal), file, line.Position, line.Bytes.Length));

    /// <summary>Ends the adding.</summary>
    public void Sort() => entries.Sort();

    /// <summary>Finds the lines of a key, in the order of files and lines; a few of other keys may be among them.</summary>
    public IEnumerable<Entry> Find(string key)
    {
        var hash = string.GetHashCode(key, StringComparison.Ordinal);
        var first = entries.BinarySearch(new Entry(hash, int.MinValue, 0, 0));
        for (var at = first < 0 ? ~first : first; at < entries.Count && entries[at].Key == hash; at++)
        {
            yield return entries[at];
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
