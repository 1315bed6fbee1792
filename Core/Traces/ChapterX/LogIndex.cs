namespace Platform.Core.Traces.ChapterX;

/// <summary>
/// Reads from <c>traces/index.jsonl</c> what trace files lack. The index may be far larger than memory and may name deleted traces:
/// it is read once, and only channels' names and the places of its lines are kept.
/// </summary>
/// <param name="tree">Where the index is.</param>
/// <param name="memoryBytes">What imports may take; the places of lines take a part of it.</param>
internal sealed class LogIndex(ILogTree tree, long memoryBytes)
{
    // Real servers have hundreds; a name has 100 characters at most.
    private const int MostChannels = 10_000;

    private readonly Dictionary<string, string> _channelNames = new(StringComparer.Ordinal);
    private readonly LineTable _lines = new(memoryBytes);
    private long _position;
    private int _number;

    /// <summary>Goes through the lines that have come since the last time; malformed ones become problems.</summary>
    /// <param name="problems">Takes what cannot be read.</param>
    /// <param name="added">Called with each valid line; may be null.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public void Read(Action<FileProblem> problems, Action<IndexedLine>? added, CancellationToken cancellationToken)
    {
        if (!HasGrown())
        {
            return;
        }

        try
        {
            foreach (var line in IndexLines.Read(tree, LogLayout.Index, _position, cancellationToken))
            {
                _number++;
                _position = line.End;
                Read(line, problems, added);
            }
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            problems(new FileProblem(LogLayout.Index, $"It cannot be read beyond line {_number}; traces are imported without the rest: {exception.Message}"));
        }

        _lines.Settle();
    }

    /// <summary>The newest name of a channel; null when none is known.</summary>
    public string? ChannelName(string channelId) => _channelNames.GetValueOrDefault(channelId);

    /// <summary>Finds a trace's newest line.</summary>
    /// <returns>Null when there is none.</returns>
    /// <exception cref="IOException">The index cannot be read any more.</exception>
    public IndexedLine? Find(string traceId, DateTimeOffset startedAt, string bot)
    {
        var places = _lines.Find(Key(traceId, startedAt, bot)).Concat(_lines.Find(Key(traceId, startedAt, null)));
        foreach (var place in places.OrderByDescending(place => place.Position))
        {
            var bytes = new byte[place.Length];
            if (tree.ReadPart(LogLayout.Index, place.Position, bytes) == bytes.Length
                && IndexEntry.Parse(bytes) is { } entry && entry.IsOf(traceId, startedAt, bot))
            {
                return new IndexedLine(entry, new LogLine(bytes, place.Position));
            }
        }

        return null;
    }

    /// <summary>Returns whether there is something new. An index that shrank is another one and read from its beginning; a missing one may come back.</summary>
    private bool HasGrown()
    {
        var size = tree.SizeOf(LogLayout.Index);
        if (size > 0 && size < _position)
        {
            (_position, _number) = (0, 0);
            _lines.Clear();
        }

        return size > _position;
    }

    private void Read(LogLine line, Action<FileProblem> problems, Action<IndexedLine>? added)
    {
        if (IndexEntry.Parse(line.Bytes) is not { } entry)
        {
            problems(new FileProblem($"{LogLayout.Index}:{_number}", "The line is malformed and was skipped."));
            return;
        }

        _lines.Add(Key(entry.TraceId, entry.StartedAt, entry.Bot), 0, line);
        if (entry is { ChannelId: { Length: <= TextCut.LongestName } id, ChannelName: { } name } && (_channelNames.Count < MostChannels || _channelNames.ContainsKey(id)))
        {
            _channelNames[id] = name;
        }

        added?.Invoke(new IndexedLine(entry, line));
    }

    // Keyed by everything that identifies a trace: however many lines share an id, one of them is read.
    private static int Key(string traceId, DateTimeOffset startedAt, string? bot) => HashCode.Combine(traceId, startedAt, bot);
}
