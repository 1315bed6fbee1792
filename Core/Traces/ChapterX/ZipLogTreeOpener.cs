using System.IO.Compression;

namespace Platform.Core.Traces.ChapterX;

/// <summary>Checks an archive before it is read.</summary>
internal sealed class ZipLogTreeOpener(ZipLimits limits)
{
    private const long SmallFileBytes = 1024 * 1024;

    private readonly List<FileProblem> _problems = [];

    /// <summary>Opens the archive in <paramref name="zip"/>, which the tree owns from then on.</summary>
    /// <returns>The tree, or why there is none.</returns>
    public LogTreeOpening Open(Stream zip)
    {
        ZipArchive archive;
        try
        {
            if (ZipDirectory.HasMoreEntriesThan(limits.Entries, zip))
            {
                return LogTreeOpening.Refused($"It has more than {limits.Entries} files and folders, the maximum for the memory of this process.");
            }

            archive = new ZipArchive(zip, ZipArchiveMode.Read);
        }
        catch (InvalidDataException)
        {
            return LogTreeOpening.Refused("It is not a zip archive, or it is cut off.");
        }

        var opening = Open(archive, zip.Length);
        if (opening.Tree is null)
        {
            archive.Dispose();
        }

        return opening;
    }

    private LogTreeOpening Open(ZipArchive archive, long archiveBytes)
    {
        try
        {
            if (Excess(archive, archiveBytes) is { } excess)
            {
                return LogTreeOpening.Refused(excess);
            }
        }
        catch (InvalidDataException)
        {
            return LogTreeOpening.Refused("The archive's directory is damaged.");
        }

        var named = SafelyNamed(archive);
        var root = Root(named.Keys);
        if (root is null)
        {
            return LogTreeOpening.Refused(_problems is [var problem, ..]
                ? $"'{problem.File}': {problem.Message} It has no other trace file."
                : "It has no folder 'traces' with trace files. Zip ChapterX's 'logs' folder.");
        }

        var entries = named
            .Where(pair => pair.Key.StartsWith(root, StringComparison.Ordinal))
            .ToDictionary(pair => pair.Key[root.Length..], pair => pair.Value, StringComparer.Ordinal);
        return LogTreeOpening.Opened(new ZipLogTree(archive, entries, _problems, limits.FileBytes));
    }

    private string? Excess(ZipArchive archive, long archiveBytes)
    {
        long total = 0;
        long compressed = 0;
        foreach (var entry in archive.Entries)
        {
            total += entry.Length;
            compressed += entry.CompressedLength;
            if (total > limits.TotalBytes)
            {
                return $"Its unpacked size exceeds {limits.TotalBytes} bytes; the archive was rejected.";
            }
        }

        return compressed > archiveBytes ? "Its entries overlap; the archive was rejected." : null;
    }

    private Dictionary<string, ZipArchiveEntry> SafelyNamed(ZipArchive archive)
    {
        var named = new Dictionary<string, ZipArchiveEntry>(StringComparer.Ordinal);
        foreach (var entry in archive.Entries)
        {
            var path = entry.FullName.Replace('\\', '/');
            if (path.EndsWith('/') || path.StartsWith("__MACOSX/", StringComparison.Ordinal))
            {
                continue;
            }

            if (Objection(entry, path) is { } objection)
            {
                _problems.Add(new FileProblem(path, objection));
            }
            else if (!named.TryAdd(path, entry))
            {
                _problems.Add(new FileProblem(path, "The archive has this name twice; the first is used."));
            }
        }

        return named;
    }

    private string? Objection(ZipArchiveEntry entry, string path)
    {
        if (path.StartsWith('/') || path is [_, ':', '/', ..] || path.Contains('\0') || path.Split('/').Contains(".."))
        {
            return "Its path points outside the archive; it was skipped.";
        }

        if (entry.Length > SmallFileBytes && entry.Length / limits.CompressionRatio > entry.CompressedLength)
        {
            return $"Its compression ratio exceeds {limits.CompressionRatio}; it was skipped.";
        }

        return entry.IsEncrypted ? "It is encrypted; it was skipped." : null;
    }

    /// <summary>The shortest path with a folder <c>traces</c>, with a slash at its end; empty for the archive itself.</summary>
    private string? Root(IEnumerable<string> paths)
    {
        var roots = paths.Select(RootOf).OfType<string>().Distinct()
            .OrderBy(root => root.Count(letter => letter == '/')).ThenBy(root => root, StringComparer.Ordinal).ToList();
        _problems.AddRange(roots.Skip(1).Select(root =>
            new FileProblem(root, "The archive has several logs folders; only the first was read.")));
        return roots.FirstOrDefault();
    }

    private static string? RootOf(string path)
    {
        var start = path.StartsWith("traces/", StringComparison.Ordinal) ? 0 : path.IndexOf("/traces/", StringComparison.Ordinal) + 1;
        var isUnderTraces = start > 0 || path.StartsWith("traces/", StringComparison.Ordinal);
        var root = path[..start];
        return isUnderTraces && (LogLayout.TraceFile(path[start..]) is not null || path[start..] == LogLayout.Index) ? root : null;
    }
}
