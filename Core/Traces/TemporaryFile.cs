namespace Platform.Core.Traces;

/// <summary>Room on disk that only this user may read and that vanishes when it is closed.</summary>
public static class TemporaryFile
{
    private const int BufferBytes = 80 * 1024;

    /// <summary>Makes an empty one.</summary>
    /// <exception cref="TemporaryFolderFullException">There is no room.</exception>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
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

        return Named(() => new FileStream(Path.Combine(Path.GetTempPath(), $"platform-{Guid.NewGuid():N}.tmp"), options));
    }

    /// <summary>Writes at the file's position.</summary>
    /// <exception cref="TemporaryFolderFullException">There is no room.</exception>
    public static async Task WriteAsync(FileStream file, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await file.WriteAsync(bytes, cancellationToken);
        }
        catch (IOException exception) when (TemporaryFolderFullException.Is(exception))
        {
            throw new TemporaryFolderFullException(exception);
        }
    }

    /// <summary>Writes what is buffered.</summary>
    /// <exception cref="TemporaryFolderFullException">There is no room.</exception>
    public static async Task FlushAsync(FileStream file, CancellationToken cancellationToken)
    {
        try
        {
            await file.FlushAsync(cancellationToken);
        }
        catch (IOException exception) when (TemporaryFolderFullException.Is(exception))
        {
            throw new TemporaryFolderFullException(exception);
        }
    }

    /// <summary>Writes at a place of the file, past its buffer.</summary>
    /// <exception cref="TemporaryFolderFullException">There is no room.</exception>
    internal static void Write(FileStream file, byte[] bytes, int count, long position) => Named(() =>
    {
        RandomAccess.Write(file.SafeFileHandle, bytes.AsSpan(0, count), position);
        return count;
    });

    private static T Named<T>(Func<T> write)
    {
        try
        {
            return write();
        }
        catch (IOException exception) when (TemporaryFolderFullException.Is(exception))
        {
            throw new TemporaryFolderFullException(exception);
        }
    }
}
