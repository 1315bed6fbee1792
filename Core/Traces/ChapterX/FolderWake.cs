using Platform.Core.Storage;

namespace Platform.Core.Traces.ChapterX;

/// <summary>Wakes whoever follows a folder when something in it changes, where the file system tells; network shares do not.</summary>
internal sealed class FolderWake : IDisposable
{
    private readonly FileSystemWatcher? watcher;

    public FolderWake(string folder)
    {
        try
        {
            watcher = new FileSystemWatcher(folder) { IncludeSubdirectories = true, NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size };
            watcher.Changed += (_, _) => Signal.Wake();
            watcher.Created += (_, _) => Signal.Wake();
            watcher.Renamed += (_, _) => Signal.Wake();
            watcher.EnableRaisingEvents = true;
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or PlatformNotSupportedException)
        {
            // No watches left, or none here: looking regularly has to do.
            watcher?.Dispose();
            watcher = null;
        }
    }

    /// <summary>Woken by changes.</summary>
    public WakeSignal Signal { get; } = new();

    public void Dispose() => watcher?.Dispose();
}
