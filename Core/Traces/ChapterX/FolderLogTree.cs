using Microsoft.Win32.SafeHandles;

namespace Platform.Core.Traces.ChapterX;

/// <summary>A <c>logs</c> folder on this machine. Nothing in it is changed.</summary>
public sealed class FolderLogTree : ILogTree
{
    private const int DeepestSearch = 3;

    private readonly string root;

    private FolderLogTree(string root) => this.root = root;

    /// <inheritdoc />
    public IReadOnlyList<FileProblem> Problems => [];

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

    /// <inheritdoc />
    public IEnumerable<LogFile> TraceFiles()
    {
        var traces = Path.Combine(root, LogLayout.Traces);
        return Directory.EnumerateFiles(traces)
            .Concat(Directory.EnumerateDirectories(traces).Order(StringComparer.Ordinal).SelectMany(Directory.EnumerateFiles))
            .Select(path => LogLayout.TraceFile(Path.GetRelativePath(root, path).Replace('\\', '/')))
            .OfType<LogFile>();
    }

    /// <inheritdoc />
    public IEnumerable<LogFile> StreamFiles()
    {
        var streaming = Path.Combine(root, LogLayout.Streaming);
        return !Directory.Exists(streaming)
            ? []
            : Directory.EnumerateDirectories(streaming).Order(StringComparer.Ordinal)
                .SelectMany(folder => Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
                .Select(path => LogLayout.StreamFile(Path.GetRelativePath(root, path).Replace('\\', '/')))
                .OfType<LogFile>();
    }

    /// <inheritdoc />
    public SafeFileHandle? OpenParts(string path)
    {
        var file = Path.Combine(root, path);
        return File.Exists(file) ? File.OpenHandle(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.RandomAccess) : null;
    }

    /// <inheritdoc />
    public Stream? Open(string path)
    {
        var file = Path.Combine(root, path);
        return File.Exists(file) ? new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete) : null;
    }

    /// <inheritdoc />
    public Task<byte[]?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        // Read without async file handles: on local disks those only add a hop through the thread pool to each of many small files.
        cancellationToken.ThrowIfCancellationRequested();
        var file = new FileInfo(Path.Combine(root, path));
        if (!file.Exists)
        {
            return Task.FromResult<byte[]?>(null);
        }

        return file.Length > LogLayout.LargestFileBytes
            ? throw new InvalidDataException($"It has {file.Length} bytes; at most {LogLayout.LargestFileBytes} are read.")
            : Task.FromResult<byte[]?>(File.ReadAllBytes(file.FullName));
    }

    /// <inheritdoc />
    public void Dispose()
    {
    }

    private static string? RootIn(string folder, int depth)
    {
        if (Directory.Exists(Path.Combine(folder, LogLayout.Traces)))
        {
            return folder;
        }

        return depth == DeepestSearch
            ? null
            : Directory.EnumerateDirectories(folder, "*", new EnumerationOptions { AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden })
                .Order(StringComparer.Ordinal)
                .Select(child => RootIn(child, depth + 1))
                .FirstOrDefault(found => found is not null);
    }
}
