using System.Collections.Concurrent;
using Platform.Core.Files;

namespace Platform.Core.Traces.ChapterX;

/// <summary>A <c>logs</c> folder on this machine. Nothing in it is changed.</summary>
public sealed class FolderLogTree : ILogTree
{
    private const int DeepestSearch = 3;

    private readonly string _root;
    private readonly ConcurrentDictionary<string, FileProblem> _passedOver = new(StringComparer.Ordinal);

    private FolderLogTree(string root) => this._root = root;

    /// <summary>What was found so far where a regular file is expected, such as a named pipe; it is never opened.</summary>
    public IReadOnlyList<FileProblem> Problems => [.. _passedOver.Values];

    /// <summary>The <c>logs</c> folder that was found.</summary>
    internal string Root => _root;

    /// <summary>Opens <paramref name="folder"/>, the <c>logs</c> folder itself, its <c>traces</c> folder or a folder around it.</summary>
    /// <returns>Null when no <c>traces</c> folder is found.</returns>
    public static FolderLogTree? TryOpen(string folder)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (RootIn(full, 0) is { } found)
        {
            return new FolderLogTree(found);
        }

        return Path.GetFileName(full) == LogLayout.Traces && Path.GetDirectoryName(full) is { } parent ? new FolderLogTree(parent) : null;
    }

    /// <summary>As <see cref="TryOpen"/>, but without a search: cheap enough to be asked every second.</summary>
    internal static FolderLogTree? TryOpenUsual(string folder)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var around = Path.GetFileName(full) == LogLayout.Traces && Directory.Exists(full) ? Path.GetDirectoryName(full) : null;
        return (UsualRootIn(full) ?? around) is { } root ? new FolderLogTree(root) : null;
    }

    /// <inheritdoc />
    public IEnumerable<LogFile> TraceFiles() => TraceFolders().SelectMany(folder => TraceFilesIn(folder.Path));

    /// <summary>The folders that may hold trace files: <c>traces</c> itself and one a bot.</summary>
    /// <returns>Each with its time of last change, UTC.</returns>
    internal IEnumerable<(string Path, DateTimeOffset ChangedAt)> TraceFolders()
    {
        var traces = new DirectoryInfo(Path.Combine(_root, LogLayout.Traces));
        return traces.EnumerateDirectories().OrderBy(folder => folder.Name, StringComparer.Ordinal).Prepend(traces)
            .Select(folder => (folder.FullName, new DateTimeOffset(folder.LastWriteTimeUtc)));
    }

    /// <summary>The trace files of one of <see cref="TraceFolders"/>.</summary>
    internal IEnumerable<LogFile> TraceFilesIn(string folder) =>
        Directory.EnumerateFiles(folder).Select(path => LogLayout.TraceFile(Inside(path))).OfType<LogFile>().Where(file => IsRegular(file.Path));

    /// <summary>Size and time of last change of a file; null when it was deleted.</summary>
    internal FileStamp? StampOf(string path)
    {
        var file = new FileInfo(Path.Combine(_root, path));
        return file.Exists && IsRegular(path) ? new FileStamp(file.Length, file.LastWriteTimeUtc) : null;
    }

    /// <inheritdoc />
    public IEnumerable<LogFile> StreamFiles()
    {
        var streaming = Path.Combine(_root, LogLayout.Streaming);
        return !Directory.Exists(streaming)
            ? []
            : Directory.EnumerateDirectories(streaming).Order(StringComparer.Ordinal)
                .SelectMany(folder => Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
                .Select(path => LogLayout.StreamFile(Inside(path)))
                .OfType<LogFile>()
                .Where(file => IsRegular(file.Path));
    }

    /// <inheritdoc />
    public long SizeOf(string path) => StampOf(path)?.SizeBytes ?? 0;

    /// <inheritdoc />
    public int ReadPart(string path, long position, Span<byte> part)
    {
        ThrowIfNotRegular(path);
        try
        {
            // Opened each time, which takes microseconds: a watched file may be replaced by another one.
            using var file = File.OpenHandle(
                Path.Combine(_root, path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.RandomAccess);
            return RandomAccess.Read(file, part, position);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return 0;
        }
    }

    /// <inheritdoc />
    public byte[]? Read(string path)
    {
        ThrowIfNotRegular(path);
        var file = new FileInfo(Path.Combine(_root, path));
        if (!file.Exists)
        {
            return null;
        }

        return file.Length > LogLayout.LargestFileBytes
            ? throw new InvalidDataException($"It has {file.Length} bytes; at most {LogLayout.LargestFileBytes} are allowed.")
            : File.ReadAllBytes(file.FullName);
    }

    /// <inheritdoc />
    public void Dispose()
    {
    }

    private bool IsRegular(string path)
    {
        if (RegularFile.OtherKind(Path.Combine(_root, path)) is not { } kind)
        {
            _passedOver.TryRemove(path, out _);
            return true;
        }

        if (_passedOver.Count < ProblemList.Most)
        {
            _passedOver[path] = new FileProblem(path, $"It is {kind}, not a regular file; it was skipped.");
        }

        return false;
    }

    private void ThrowIfNotRegular(string path)
    {
        if (RegularFile.OtherKind(Path.Combine(_root, path)) is { } kind)
        {
            throw new IOException($"It is {kind}, not a regular file.");
        }
    }

    // Not any backslash: elsewhere than on Windows it is a letter of a name.
    private string Inside(string path) => Path.GetRelativePath(_root, path).Replace(Path.DirectorySeparatorChar, '/');

    /// <summary>Looks where ChapterX and ChapterX 2 keep their logs, but not through everything else that lies beside them.</summary>
    private static string? UsualRootIn(string folder) =>
        ((string[])["", "logs", "ems/logs"]).Select(place => Path.Combine(folder, place)).FirstOrDefault(root => Directory.Exists(Path.Combine(root, LogLayout.Traces)));

    private static string? RootIn(string folder, int depth)
    {
        if (UsualRootIn(folder) is { } usual)
        {
            return usual;
        }

        return depth == DeepestSearch
            ? null
            : Directory.EnumerateDirectories(folder, "*", new EnumerationOptions { AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden })
                .Order(StringComparer.Ordinal)
                .Select(child => RootIn(child, depth + 1))
                .FirstOrDefault(found => found is not null);
    }
}
