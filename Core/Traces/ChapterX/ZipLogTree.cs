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

    private readonly Dictionary<string, (long Start, long Length)> unpacked = new(StringComparer.Ordinal);
    private SafeFileHandle? room;
    private long roomBytes;

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
    public int ReadPart(string path, long position, Span<byte> part)
    {
        (long Start, long Length) place;
        lock (unpacked)
        {
            if (!unpacked.TryGetValue(path, out place))
            {
                unpacked[path] = place = Unpack(path);
            }
        }

        return position >= place.Length || room is null
            ? 0
            : RandomAccess.Read(room, part[..(int)Math.Min(part.Length, place.Length - position)], place.Start + position);
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
        room?.Dispose();
        archive.Dispose();
        reading.Dispose();
    }

    /// <summary>What is compressed has no parts: it goes to a file that vanishes with this tree.</summary>
    private (long Start, long Length) Unpack(string path)
    {
        var start = roomBytes;
        if (!entries.TryGetValue(path, out var entry))
        {
            return (start, 0);
        }

        room ??= TemporaryFile.Open();
        reading.Wait();
        try
        {
            using var stream = entry.Open();
            var buffer = new byte[UnpackBytes];
            for (int read; (read = stream.Read(buffer)) > 0; roomBytes += read)
            {
                RandomAccess.Write(room, buffer.AsSpan(0, read), roomBytes);
            }
        }
        finally
        {
            reading.Release();
        }

        return (start, roomBytes - start);
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
