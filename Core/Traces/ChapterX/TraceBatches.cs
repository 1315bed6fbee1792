using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Platform.Core.Traces.Imports;

namespace Platform.Core.Traces.ChapterX;

/// <summary>Reads and parses trace files on all processors and gives them out in batches, no further ahead than needed.</summary>
/// <param name="tree">Where they are.</param>
/// <param name="parser">Makes rows of them.</param>
/// <param name="memory">Held while a file is read and parsed.</param>
/// <param name="parsedFile">Called with each file by the consumer of the batches.</param>
internal sealed class TraceBatches(ILogTree tree, TraceFileParser parser, ImportMemory memory, Action<LogFile, TraceParsing> parsedFile) : IDisposable
{
    private const int MostTraces = 500;
    private const int MostBytes = 8 * 1024 * 1024;
    private const int ParsedAhead = 512;

    // A real trace takes ten kilobytes; one of thousands of calls takes megabytes, and of these few may wait.
    private const int LargeBytes = 16 * 1024;

    private readonly Channel<(LogFile File, TraceParsing Parsing)> _parsed = Channel.CreateBounded<(LogFile, TraceParsing)>(ParsedAhead);
    private readonly ImportMemory _ahead = new(MostBytes);
    private readonly ConcurrentDictionary<LogFile, IDisposable> _waiting = new();

    /// <summary>Parses all of <paramref name="files"/>; ends early when it is cancelled.</summary>
    public async Task ParseAsync(IEnumerable<LogFile> files, CancellationToken cancellationToken)
    {
        try
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(files, options, ParseAsync);
            _parsed.Writer.Complete();
        }
        catch (Exception exception)
        {
            // The reader of the channel throws it on.
            _parsed.Writer.Complete(exception);
            throw;
        }
    }

    /// <summary>Hands out parsed traces. Several consumers may read at once; each trace goes to one.</summary>
    public async IAsyncEnumerable<IReadOnlyList<ParsedTrace>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<ParsedTrace> batch = [];
        var bytes = 0;
        await foreach (var (file, parsing) in _parsed.Reader.ReadAllAsync(cancellationToken))
        {
            parsedFile(file, parsing);
            if (parsing.Trace is { } trace)
            {
                batch.Add(trace);
                bytes += trace.MemoryBytes;
            }

            if (_waiting.TryRemove(file, out var place))
            {
                place.Dispose();
            }

            if (batch.Count == MostTraces || bytes >= MostBytes)
            {
                yield return batch;
                batch = [];
                bytes = 0;
            }
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var place in _waiting.Values)
        {
            place.Dispose();
        }
    }

    private async ValueTask ParseAsync(LogFile file, CancellationToken cancellationToken)
    {
        var parsing = await ReadAsync(file, cancellationToken);
        if (parsing.Trace?.MemoryBytes is > LargeBytes and var bytes)
        {
            _waiting[file] = await _ahead.TakeAsync(bytes, cancellationToken);
        }

        await _parsed.Writer.WriteAsync((file, parsing), cancellationToken);
    }

    private async Task<TraceParsing> ReadAsync(LogFile file, CancellationToken cancellationToken)
    {
        try
        {
            return tree.SizeOf(file.Path) is > TraceFileParser.SmallFileBytes and var size
                ? await ReadLargeAsync(file, size, cancellationToken)
                : await ReadSmallAsync(file, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return new TraceParsing(null, new FileProblem(file.Path, $"It cannot be read: {exception.Message}"));
        }
    }

    private async Task<TraceParsing> ReadSmallAsync(LogFile file, CancellationToken cancellationToken)
    {
        if (tree.Read(file.Path) is not { } bytes)
        {
            return Deleted(file);
        }

        var weight = TraceFileParser.WeightOf(bytes);
        if (weight > memory.TotalBytes)
        {
            return new TraceParsing(null, new FileProblem(file.Path, TraceFileParser.NeedsTooMuch(bytes.Length, weight, memory.TotalBytes)));
        }

        using (await memory.TakeAsync(weight, cancellationToken))
        {
            return parser.Parse(file, bytes);
        }
    }

    /// <summary>One at a time: only when it is read is it known what it takes.</summary>
    private async Task<TraceParsing> ReadLargeAsync(LogFile file, long size, CancellationToken cancellationToken)
    {
        if (size > memory.TotalBytes)
        {
            return new TraceParsing(null, new FileProblem(file.Path, TraceFileParser.NeedsTooMuch(size, size, memory.TotalBytes)));
        }

        using (await memory.TakeAsync(memory.TotalBytes, cancellationToken))
        {
            return tree.Read(file.Path) is { } bytes ? parser.ParseLarge(file, bytes, memory.TotalBytes) : Deleted(file);
        }
    }

    private static TraceParsing Deleted(LogFile file) => new(null, new FileProblem(file.Path, "It was deleted during the import."));
}
