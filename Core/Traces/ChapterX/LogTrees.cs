using Platform.Core.Files;

namespace Platform.Core.Traces.ChapterX;

/// <summary>Opens logs folders, as folders and as zip archives.</summary>
public static class LogTrees
{
    /// <summary>Opens a folder or a zip file on this machine.</summary>
    public static LogTreeOpening OpenPath(string path, ZipLimits? limits = null)
    {
        try
        {
            if (Directory.Exists(path))
            {
                return FolderLogTree.TryOpen(path) is { } tree
                    ? LogTreeOpening.Opened(tree)
                    : LogTreeOpening.Refused("It has no folder 'traces'. Use ChapterX's 'logs' folder.");
            }

            if (RegularFile.OtherKind(path) is { } kind)
            {
                return LogTreeOpening.Refused($"It is {kind}. Name a folder or a zip file.");
            }

            return File.Exists(path)
                ? OpenZip(File.OpenRead(path), limits)
                : LogTreeOpening.Refused("There is no such folder or file.");
        }
        catch (UnauthorizedAccessException)
        {
            return LogTreeOpening.Refused("Permission denied: this user cannot read it.");
        }
    }

    /// <summary>Opens an archive that can be sought in; it is disposed with the tree, or at once when it is refused.</summary>
    public static LogTreeOpening OpenZip(Stream zip, ZipLimits? limits = null)
    {
        var opening = new ZipLogTreeOpener(limits ?? new ZipLimits()).Open(zip);
        if (opening.Tree is null)
        {
            zip.Dispose();
        }

        return opening;
    }
}
