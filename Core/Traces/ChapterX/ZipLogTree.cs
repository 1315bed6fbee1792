using System.IO.Compression;

namespace Platform.Core.Traces.ChapterX;

/// <summary>A zip of a <c>logs</c> folder, which may lie deeper inside. Only what is read in parts is unpacked to disk.</summary>
public sealed class ZipLogTree : ILogTree
{
    private const int UnpackBytes = 80 * 1024;

    private readonly ZipArchive archive;
    private readonly Dictionary<string, ZipArchiveEntry> entries;
    private readonly long largestFileBytes;

    // An archive has one position in one stream: files are read one after the other, which takes a moment each.
    private readonly Lock reading = new();

    private readonly Dictionary<string, UnpackedFile> unpacked = new(StringComparer.Ordinal);
    private FileStream? room;
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
    public long SizeOf(string path) => entries.TryGetValue(path, out var entry) ? entry.Length : 0;

    /// <inheritdoc />
    public int ReadPart(string path, long position, Span<byte> part)
    {
        if (!entries.TryGetValue(path, out var entry))
        {
            return 0;
        }

        var file = Unpacked(path, entry);
        if (position < file.SizeBytes)
        {
            return RandomAccess.Read(file.Room, part[..(int)Math.Min(part.Length, file.SizeBytes - position)], file.Start + position);
        }

        return file.Damage is null ? 0 : throw new InvalidDataException(file.Damage);
    }

    /// <inheritdoc />
    public byte[]? Read(string path)
    {
        if (!entries.TryGetValue(path, out var entry))
        {
            return null;
        }

        lock (reading)
        {
            return Read(entry);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        room?.Dispose();
        archive.Dispose();
    }

    /// <summary>What is compressed has no parts: all of it goes to a file that vanishes with this tree, the first time that a part is asked for.</summary>
    private UnpackedFile Unpacked(string path, ZipArchiveEntry entry)
    {
        lock (unpacked)
        {
            if (!unpacked.TryGetValue(path, out var file))
            {
                lock (reading)
                {
                    unpacked[path] = file = Unpack(entry);
                }
            }

            return file;
        }
    }

    private UnpackedFile Unpack(ZipArchiveEntry entry)
    {
        room ??= TemporaryFile.Open();
        var start = roomBytes;
        string? damage = null;
        try
        {
            using var stream = entry.Open();
            var buffer = new byte[UnpackBytes];
            for (int read; (read = stream.Read(buffer)) > 0; roomBytes += read)
            {
                RandomAccess.Write(room.SafeFileHandle, buffer.AsSpan(0, read), roomBytes);
            }
        }
        catch (InvalidDataException exception)
        {
            damage = exception.Message;
        }

        return new UnpackedFile(room.SafeFileHandle, start, roomBytes - start, damage);
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
