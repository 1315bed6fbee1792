using Microsoft.Win32.SafeHandles;

namespace Platform.Core.Traces.ChapterX;

/// <summary>Room on disk that only this user may read and that vanishes when it is closed.</summary>
internal static class TemporaryFile
{
    public static SafeFileHandle Open() =>
        File.OpenHandle(NewPath(), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose | FileOptions.RandomAccess);

    private static string NewPath() => Path.Combine(Path.GetTempPath(), $"platform-{Guid.NewGuid():N}.tmp");
}
