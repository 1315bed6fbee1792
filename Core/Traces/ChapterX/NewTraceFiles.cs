namespace Platform.Core.Traces.ChapterX;

/// <summary>
/// Finds out which trace files of a watched folder are new, or have changed since they could not be read. A folder with an
/// unchanged modification time is not listed again.
/// </summary>
internal sealed class NewTraceFiles(FolderLogTree tree, TimeProvider clock)
{
    /// <summary>How long an incomplete file may be unchanged before it counts as damaged.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // Two changes may carry the same time, and a share may be slow to show one.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LookAnyway = TimeSpan.FromSeconds(30);

    private readonly NameSet _seen = new();
    private readonly Dictionary<string, DateTimeOffset> _listed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, UnfinishedFile> _unfinished = new(StringComparer.Ordinal);
    private DateTimeOffset _listedAllAt = DateTimeOffset.MinValue;

    /// <summary>Files to be read now, in the order of their folders.</summary>
    public IEnumerable<LogFile> Due()
    {
        foreach (var waiting in _unfinished.Values.ToList())
        {
            if (tree.StampOf(waiting.File.Path) is not { } stamp)
            {
                _unfinished.Remove(waiting.File.Path);
            }
            else if (stamp != waiting.Stamp)
            {
                _unfinished[waiting.File.Path] = waiting with { Stamp = stamp, Since = clock.GetUtcNow() };
                yield return waiting.File;
            }
        }

        foreach (var file in ChangedFolders().SelectMany(tree.TraceFilesIn).Where(file => _seen.Add(file.Path)))
        {
            yield return file;
        }
    }

    /// <summary>The stamp that a file is read at; ask before reading it.</summary>
    public FileStamp StampOf(LogFile file) => tree.StampOf(file.Path) ?? default;

    /// <summary>A file was read.</summary>
    public void Whole(LogFile file) => _unfinished.Remove(file.Path);

    /// <summary>A file could not be read: it is read again once it changes.</summary>
    /// <param name="file">The file.</param>
    /// <param name="stamp">What <see cref="StampOf"/> gave before it was read.</param>
    /// <param name="problem">What is wrong with it.</param>
    public void NotWhole(LogFile file, FileStamp stamp, FileProblem problem)
    {
        var known = _unfinished.GetValueOrDefault(file.Path);
        _unfinished[file.Path] = new UnfinishedFile(file, stamp, known?.Since ?? clock.GetUtcNow(), known?.Reported ?? false, problem);
    }

    /// <summary>Problems of files that are incomplete and unchanged for <see cref="Patience"/>, each once.</summary>
    public IReadOnlyList<FileProblem> Damaged()
    {
        var damaged = _unfinished.Values.Where(file => !file.Reported && clock.GetUtcNow() - file.Since >= Patience).ToList();
        foreach (var file in damaged)
        {
            _unfinished[file.File.Path] = file with { Reported = true };
        }

        return [.. damaged.Select(file => file.Problem)];
    }

    private List<string> ChangedFolders()
    {
        var now = clock.GetUtcNow();
        var all = now - _listedAllAt >= LookAnyway;
        _listedAllAt = all ? now : _listedAllAt;
        List<string> changed = [];
        foreach (var (folder, changedAt) in tree.TraceFolders())
        {
            if (all || !_listed.TryGetValue(folder, out var before) || before != changedAt)
            {
                changed.Add(folder);
                _listed[folder] = now - changedAt < Fresh ? DateTimeOffset.MinValue : changedAt;
            }
        }

        return changed;
    }
}
