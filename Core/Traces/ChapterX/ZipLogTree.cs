using System.IO.Compression;
using Microsoft.Win32.SafeHandles;

namespace Platform.Core.Traces.ChapterX;

/// <summary>A zip of a <c>logs</c> folder, which may lie deeper inside. Nothing is extracted to disk.</summary>
public sealed class ZipLogTree : ILogTree
{
    private const int UnpackBytes = 80 * 1024;

    private readonly ZipArchive archive;
    private readonly Dictionary<string, ZipArchiveEntry> entries;
    private readonly long largestFileBytes;

    // An archive has one position in one stream: files are read one after the other.
    private readonly SemaphoreSlim reading = new(1, 1);

    internal ZipLogTree(ZipArchive archive, Dictionary<string, ZipArchiveEntry> entries, IReadOnlyList<FileProblem> problems, long largestFileBytes)
    {
        this.archive = archive;
        this.entries = entries;
        this.largestFileBytes = largestFileBytes;
        Problems = problems;
    }

    /// <inheritdoc />
    public IReadOnlyList<FileProblem> Problems { get; }

    /// <inheritdoc />
    public IEnumerable<LogFile> TraceFiles() => entries.Keys.Select(LogLayout.TraceFile).OfType<LogFile>();

    /// <inheritdoc />
    public IEnumerable<LogFile> StreamFiles() =>
        entries.Keys.Select(LogLayout.StreamFile).OfType<LogFile>().OrderBy(file => file.Path, StringComparer.Ordinal);

    /// <inheritdoc />
    public SafeFileHandle? OpenParts(string path)
    {
        if (!entries.TryGetValue(path, out var entry))
        {
            return null;
        }

        // What is compressed has no parts: it is unpacked to a file that vanishes with its handle.
        var handle = TemporaryFile.Open();
        using var stream = entry.Open();
        var buffer = new byte[UnpackBytes];
        var position = 0L;
        for (int read; (read = stream.Read(buffer)) > 0; position += read)
        {
            RandomAccess.Write(handle, buffer.AsSpan(0, read), position);
        }

        return handle;
    }

    /// <inheritdoc />
    public Stream? Open(string path) => entries.TryGetValue(path, out var entry) ? entry.Open() : null;

    /// <inheritdoc />
    public async Task<byte[]?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (!entries.TryGetValue(path, out var entry))
        {
            return null;
        }

        await reading.WaitAsync(cancellationToken);
        try
        {
            return Read(entry);
        }
        finally
        {
            reading.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        archive.Dispose();
        reading.Dispose();
    }

    private byte[] Read(ZipArchiveEntry entry)
    {
        // The directory may lie about sizes: what is read is bounded by what it promised, which was checked.
        var promised = entry.Length;
        if (promised > largestFileBytes)
        {
            throw new InvalidDataException($"It has {promised} bytes; at most {largestFileBytes} are read.");
        }

        using var stream = entry.Open();
        var bytes = new byte[promised];
        var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return read == promised && stream.ReadByte() < 0
            ? bytes
            : throw new InvalidDataException("Its size is not the one that the archive promises.");
    }
}
