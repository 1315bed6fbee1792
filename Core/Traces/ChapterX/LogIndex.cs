using Microsoft.Win32.SafeHandles;

namespace Platform.Core.Traces.ChapterX;

/// <summary>
/// Tells from <c>traces/index.jsonl</c> what trace files lack. The index may be far larger than memory and may name traces that are gone:
/// it is read once for the channels' names, and only the places of its lines are kept.
/// </summary>
internal sealed class LogIndex : IDisposable
{
    private readonly Dictionary<string, string> channelNames = new(StringComparer.Ordinal);
    private readonly LineTable lines = new();
    private readonly SafeFileHandle? file;

    private LogIndex(SafeFileHandle? file) => this.file = file;

    /// <summary>Goes through the index; malformed lines become problems.</summary>
    public static async Task<LogIndex> ReadAsync(ILogTree tree, ProblemList problems, CancellationToken cancellationToken)
    {
        var index = new LogIndex(tree.OpenParts(LogLayout.Index));
        using var stream = tree.Open(LogLayout.Index);
        if (stream is null)
        {
            return index;
        }

        var number = 0;
        await foreach (var line in IndexLines.ReadAsync(stream, 0, cancellationToken))
        {
            number++;
            if (IndexEntry.Parse(line.Bytes) is { } entry)
            {
                index.Add(entry, line);
            }
            else
            {
                problems.AddLoss(new FileProblem($"{LogLayout.Index}:{number}", "The line is malformed and was skipped."));
            }
        }

        index.lines.Sort();
        return index;
    }

    /// <summary>The newest name of a channel; null when none is known.</summary>
    public string? ChannelName(string channelId) => channelNames.GetValueOrDefault(channelId);

    /// <summary>Finds a trace's newest line.</summary>
    /// <returns>Null when there is none.</returns>
    public IndexedLine? Find(string traceId, DateTimeOffset startedAt, string bot)
    {
        if (file is null)
        {
            return null;
        }

        IndexedLine? found = null;
        foreach (var place in lines.Find(traceId))
        {
            var bytes = new byte[place.Length];
            if (RandomAccess.Read(file, bytes, place.Position) == bytes.Length && IndexEntry.Parse(bytes) is { } entry && entry.IsOf(traceId, startedAt, bot))
            {
                found = new IndexedLine(entry, new LogLine(bytes, place.Position));
            }
        }

        return found;
    }

    public void Dispose() => file?.Dispose();

    private void Add(IndexEntry entry, LogLine line)
    {
        lines.Add(entry.TraceId, 0, line);
        if (entry is { ChannelId: { } id, ChannelName: { } name })
        {
            channelNames[id] = name;
        }
    }
}
