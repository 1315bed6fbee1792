namespace Platform.Core.Traces.ChapterX;

/// <summary>
/// Tells from <c>traces/index.jsonl</c> what trace files lack. The index may be far larger than memory and may name traces that are gone:
/// it is read once, and only channels' names and the places of its lines are kept.
/// </summary>
internal sealed class LogIndex(ILogTree tree)
{
    private readonly Dictionary<string, string> channelNames = new(StringComparer.Ordinal);
    private readonly LineTable lines = new();
    private long position;
    private int number;

    /// <summary>Goes through the lines that have come since the last time; malformed ones become problems.</summary>
    /// <param name="problems">Takes what cannot be read.</param>
    /// <param name="added">Told of each line that can; may be null.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task ReadAsync(Action<FileProblem> problems, Action<IndexedLine>? added, CancellationToken cancellationToken)
    {
        using var stream = tree.Open(LogLayout.Index);
        if (stream is null || !Continue(stream))
        {
            return;
        }

        await foreach (var line in IndexLines.ReadAsync(stream, position, cancellationToken))
        {
            number++;
            position = line.End;
            if (IndexEntry.Parse(line.Bytes) is { } entry)
            {
                Add(entry, line);
                added?.Invoke(new IndexedLine(entry, line));
            }
            else
            {
                problems(new FileProblem($"{LogLayout.Index}:{number}", "The line is malformed and was skipped."));
            }
        }

        lines.Settle();
    }

    /// <summary>The newest name of a channel; null when none is known.</summary>
    public string? ChannelName(string channelId) => channelNames.GetValueOrDefault(channelId);

    /// <summary>Finds a trace's newest line.</summary>
    /// <returns>Null when there is none.</returns>
    public IndexedLine? Find(string traceId, DateTimeOffset startedAt, string bot)
    {
        IndexedLine? found = null;
        foreach (var place in lines.Find(traceId))
        {
            var bytes = new byte[place.Length];
            if (tree.ReadPart(LogLayout.Index, place.Position, bytes) == bytes.Length
                && IndexEntry.Parse(bytes) is { } entry && entry.IsOf(traceId, startedAt, bot))
            {
                found = new IndexedLine(entry, new LogLine(bytes, place.Position));
            }
        }

        return found;
    }

    /// <summary>Goes to where reading ended. An index that shrank is another one and read from its beginning.</summary>
    /// <returns>False when nothing was added.</returns>
    private bool Continue(Stream stream)
    {
        if (!stream.CanSeek)
        {
            return true; // Out of an archive: read once, from the beginning.
        }

        if (stream.Length < position)
        {
            (position, number) = (0, 0);
            lines.Clear();
        }

        stream.Position = position;
        return stream.Length > position;
    }

    private void Add(IndexEntry entry, LogLine line)
    {
        lines.Add(entry.TraceId, 0, line);
        if (entry is { ChannelId: { } id, ChannelName: { } name })
        {
            channelNames[id] = name;
        }
    }
}
