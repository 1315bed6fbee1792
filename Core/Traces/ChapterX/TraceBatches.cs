using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Platform.Core.Traces.ChapterX;

/// <summary>Reads and parses trace files on all processors and gives them out in batches, no further ahead than needed.</summary>
/// <param name="tree">Where they are.</param>
/// <param name="parser">Makes rows of them.</param>
/// <param name="parsedFile">Called with each file by the consumer of the batches.</param>
internal sealed class TraceBatches(ILogTree tree, TraceFileParser parser, Action<LogFile, TraceParsing> parsedFile) : IDisposable
{
    private const int MostTraces = 500;
    private const int MostBytes = 8 * 1024 * 1024;
    private const int ParsedAhead = 512;

    // A real trace takes ten kilobytes; one of thousands of calls takes megabytes, and of these few may wait.
    private const int LargeBytes = 256 * 1024;
    private const int LargeAhead = 16;

    private readonly Channel<(LogFile File, TraceParsing Parsing)> _parsed = Channel.CreateBounded<(LogFile, TraceParsing)>(ParsedAhead);
    private readonly SemaphoreSlim _large = new(LargeAhead);

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

            if (IsLarge(parsing))
            {
                _large.Release();
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
    public void Dispose() => _large.Dispose();

    private async ValueTask ParseAsync(LogFile file, CancellationToken cancellationToken)
    {
        var parsing = Parse(file);
        if (IsLarge(parsing))
        {
            await _large.WaitAsync(cancellationToken);
        }

        await _parsed.Writer.WriteAsync((file, parsing), cancellationToken);
    }

    private TraceParsing Parse(LogFile file)
    {
        try
        {
            return tree.Read(file.Path) is { } bytes
                ? parser.Parse(file, bytes)
                : new TraceParsing(null, new FileProblem(file.Path, "It was deleted during the import."));
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return new TraceParsing(null, new FileProblem(file.Path, $"It cannot be read: {exception.Message}"));
        }
    }

    private static bool IsLarge(TraceParsing parsing) => parsing.Trace?.MemoryBytes > LargeBytes;
}
