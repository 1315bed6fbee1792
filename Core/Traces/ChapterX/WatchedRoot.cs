namespace Platform.Core.Traces.ChapterX;

/// <summary>A folder that is followed.</summary>
/// <param name="Path">A full path: a <c>logs</c> folder, or one around it.</param>
/// <param name="Label">What people know it by.</param>
public sealed record WatchedRoot(string Path, string Label)
{
    /// <summary>Names a folder by its own name; one that is called <c>logs</c>, as most are, by the one around it too.</summary>
    public static WatchedRoot Of(string path)
    {
        var full = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        var name = System.IO.Path.GetFileName(full);
        var around = System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(full));
        return new WatchedRoot(full, name is "logs" or "ems" && !string.IsNullOrEmpty(around) ? $"{around}/{name}" : name.Length == 0 ? full : name);
    }

    /// <summary>Reads a list of paths, separated by commas; each counts once.</summary>
    public static IReadOnlyList<WatchedRoot> All(params IEnumerable<string?> lists) =>
        [.. lists.SelectMany(list => (list ?? string.Empty).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Select(Of).DistinctBy(root => root.Path)];
}
