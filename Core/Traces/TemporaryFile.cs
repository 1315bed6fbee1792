namespace Platform.Core.Traces;

/// <summary>Room on disk that only this user may read and that vanishes when it is closed.</summary>
public static class TemporaryFile
{
    private const int BufferBytes = 80 * 1024;

    /// <summary>Makes an empty one.</summary>
    /// <exception cref="IOException">There is no room.</exception>
    public static FileStream Open()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
            BufferSize = BufferBytes,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(Path.Combine(Path.GetTempPath(), $"platform-{Guid.NewGuid():N}.tmp"), options);
    }
}
