namespace Platform.Core.Traces;

/// <summary>There is no room in the folder for temporary files, which the message names.</summary>
public sealed class TemporaryFolderFullException(Exception innerException)
    : IOException($"The folder for temporary files, {Path.GetTempPath()}, is full.", innerException)
{
    // ENOSPC and EDQUOT of Linux and macOS, and Windows' ERROR_DISK_FULL.
    private static readonly int[] Full = [28, 122, 69, unchecked((int)0x80070070)];

    /// <summary>Whether an exception of the file system says that its disk is full.</summary>
    internal static bool Is(IOException exception) => Array.IndexOf(Full, exception.HResult) >= 0;
}
