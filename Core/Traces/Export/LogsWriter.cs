using System.IO.Compression;
using Platform.Core.Text;
using Platform.Core.Traces.ChapterX;

namespace Platform.Core.Traces.Export;

/// <summary>Writes a <c>logs</c> folder into an archive, file after file. Lines are buffered until all traces are written.</summary>
internal sealed class LogsWriter : IDisposable
{
    // Documents are text that shrinks seven times at any level.
    private const CompressionLevel Level = CompressionLevel.Fastest;

    private readonly PassedOnStream _output;
    private readonly ZipArchive _archive;
    private readonly NameSet _written = new();
    private readonly LineSpool _lines = new();
    private readonly IndexLineWriter _lineWriter = new();

    /// <param name="zip">Where the archive goes; left open.</param>
    public LogsWriter(Stream zip)
    {
        _output = new PassedOnStream(zip);
        _archive = new ZipArchive(_output, ZipArchiveMode.Create, leaveOpen: true);
    }

    /// <summary>Writes a trace's file and keeps its lines for later.</summary>
    public async Task WriteTraceAsync(Trace trace, StoredDocument document, CancellationToken cancellationToken)
    {
        var bytes = CompressedContent.Expand(document.Content, document.SizeBytes);
        var path = FreePath(document.SourcePath ?? LogLayout.TracePath(trace), trace);
        await WriteFileAsync(path, bytes, cancellationToken);
        var endedAt = IsoTime.After(trace.StartedAt, trace.DurationMs);
        var place = document.IndexPosition ?? long.MaxValue;
        if (document.IndexLine is { } line)
        {
            _lines.Add(LogLayout.Index, line, place, endedAt);
        }
        else
        {
            var read = TraceReader.Read(bytes, IndexLineWriter.Parts);
            _lines.Add(LogLayout.Index, _lineWriter.Write(read, trace, path[(path.LastIndexOf('/') + 1)..]), place, endedAt);
        }

        if (document is { StreamLines: { } streams, StreamBytes: { } size })
        {
            KeepStreams(CompressedContent.Expand(streams, size), trace);
        }
    }

    /// <summary>Writes a file.</summary>
    public async Task WriteFileAsync(string path, byte[] bytes, CancellationToken cancellationToken)
    {
        using (var file = _archive.CreateEntry(path, Level).Open())
        {
            file.Write(bytes);
        }

        await _output.PassOnIfEnoughAsync(cancellationToken);
    }

    /// <summary>Writes the index and the streaming metrics of all traces before, and ends the archive.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        foreach (var path in _lines.Files())
        {
            using var file = _archive.CreateEntry(path, Level).Open();
            foreach (var line in _lines.Lines(path))
            {
                file.Write(line);
                await _output.PassOnIfEnoughAsync(cancellationToken);
            }
        }

        _archive.Dispose();
        await _output.PassOnAsync(cancellationToken);
    }

    public void Dispose()
    {
        _archive.Dispose();
        _output.Dispose();
        _lines.Dispose();
    }

    /// <summary>Two logs folders may hold the same path, as production and staging do; the second gets our id into its name.</summary>
    private string FreePath(string path, Trace trace)
    {
        var free = _written.Add(path) ? path : $"{path[..^".json".Length]}-{trace.Id:N}.json";
        _written.Add(free);
        return free;
    }

    private void KeepStreams(byte[] streams, Trace trace)
    {
        var rest = streams.AsSpan();
        for (int end; (end = rest.IndexOf((byte)'\n')) >= 0; rest = rest[(end + 1)..])
        {
            var line = rest[..end];
            var endedAt = StreamLines.EndOf(line.ToArray()) ?? trace.StartedAt;
            _lines.Add(LogLayout.StreamPath(trace.Bot, endedAt), line, 0, endedAt);
        }
    }
}
