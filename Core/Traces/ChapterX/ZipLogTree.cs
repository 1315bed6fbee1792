using System.IO.Compression;

namespace Platform.Core.Traces.ChapterX;

/// <summary>A zip of a <c>logs</c> folder, which may lie deeper inside. Only what is read in parts is unpacked to disk.</summary>
public sealed class ZipLogTree : ILogTree
{
    private const int UnpackBytes = 80 * 1024;

    private readonly ZipArchive _archive;
    private readonly Dictionary<string, ZipArchiveEntry> _entries;
    private readonly long _largestFileBytes;

    // An archive has one position in one stream: files are read one after the other, which takes a moment each.
    private readonly Lock _reading = new();

    private readonly Dictionary<string, UnpackedFile> _unpacked = new(StringComparer.Ordinal);
    private FileStream? _room;
    private long _roomBytes;

    internal ZipLogTree(ZipArchive archive, Dictionary<string, ZipArchiveEntry> entries, IReadOnlyList<FileProblem> problems, long largestFileBytes)
    {
        this._archive = archive;
        this._entries = entries;
        this._largestFileBytes = largestFileBytes;
        Problems = problems;
    }

    /// <inheritdoc />
    public IReadOnlyList<FileProblem> Problems { get; }

    /// <summary>About the memory that the archive's directory takes.</summary>
    public long DirectoryBytes => (long)_archive.Entries.Count * ZipLimits.EntryBytes;

    /// <summary>Disk that what is read in parts takes unpacked.</summary>
    public long UnpackedBytes => SizeOf(LogLayout.Index) + StreamFiles().Sum(file => SizeOf(file.Path));

    /// <inheritdoc />
    public IEnumerable<LogFile> TraceFiles() => _entries.Keys.Select(LogLayout.TraceFile).OfType<LogFile>();

    /// <inheritdoc />
    public IEnumerable<LogFile> StreamFiles() =>
        _entries.Keys.Select(LogLayout.StreamFile).OfType<LogFile>().OrderBy(file => file.Path, StringComparer.Ordinal);

    /// <inheritdoc />
    public long SizeOf(string path) => _entries.TryGetValue(path, out var entry) ? entry.Length : 0;

    /// <inheritdoc />
    public int ReadPart(string path, long position, Span<byte> part)
    {
        if (!_entries.TryGetValue(path, out var entry))
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
        if (!_entries.TryGetValue(path, out var entry))
        {
            return null;
        }

        lock (_reading)
        {
            return Read(entry);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _room?.Dispose();
        _archive.Dispose();
    }

    /// <summary>What is compressed has no parts: all of it goes to a file that vanishes with this tree, the first time that a part is asked for.</summary>
    private UnpackedFile Unpacked(string path, ZipArchiveEntry entry)
    {
        lock (_unpacked)
        {
            if (!_unpacked.TryGetValue(path, out var file))
            {
                lock (_reading)
                {
                    _unpacked[path] = file = Unpack(entry);
                }
            }

            return file;
        }
    }

    private UnpackedFile Unpack(ZipArchiveEntry entry)
    {
        _room ??= TemporaryFile.Open();
        var start = _roomBytes;
        string? damage = null;
        try
        {
            using var stream = entry.Open();
            var buffer = new byte[UnpackBytes];
            for (int read; (read = stream.Read(buffer)) > 0; _roomBytes += read)
            {
                // The room was reserved by the size that the directory states.
                if (_roomBytes - start + read > entry.Length)
                {
                    throw new InvalidDataException("Its size differs from the archive's directory.");
                }

                TemporaryFile.Write(_room, buffer.AsSpan(0, read), _roomBytes);
            }
        }
        catch (InvalidDataException exception)
        {
            damage = exception.Message;
        }

        return new UnpackedFile(_room.SafeFileHandle, start, _roomBytes - start, damage);
    }

    private byte[] Read(ZipArchiveEntry entry)
    {
        // The directory may have wrong sizes: reading stops at the size it states, which was checked.
        var promised = entry.Length;
        if (promised > _largestFileBytes)
        {
            throw new InvalidDataException($"It has {promised} bytes; at most {_largestFileBytes} are allowed.");
        }

        using var stream = entry.Open();
        var bytes = new byte[promised];
        var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return read == promised && stream.ReadByte() < 0
            ? bytes
            : throw new InvalidDataException("Its size differs from the archive's directory.");
    }
}
