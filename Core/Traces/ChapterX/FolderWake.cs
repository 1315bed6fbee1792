using Platform.Core.Storage;

namespace Platform.Core.Traces.ChapterX;

/// <summary>Wakes the watcher of a folder when something in it changes, where the file system reports changes; network shares do not.</summary>
internal sealed class FolderWake : IDisposable
{
    private readonly FileSystemWatcher? _watcher;

    public FolderWake(string folder)
    {
        try
        {
            _watcher = new FileSystemWatcher(folder) { IncludeSubdirectories = true, NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size };
            _watcher.Changed += (_, _) => Signal.Wake();
            _watcher.Created += (_, _) => Signal.Wake();
            _watcher.Renamed += (_, _) => Signal.Wake();
            _watcher.EnableRaisingEvents = true;
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or PlatformNotSupportedException)
        {
            // No watches left, or none here: looking regularly has to do.
            _watcher?.Dispose();
            _watcher = null;
        }
    }

    /// <summary>Woken by changes.</summary>
    public WakeSignal Signal { get; } = new();

    public void Dispose() => _watcher?.Dispose();
}
