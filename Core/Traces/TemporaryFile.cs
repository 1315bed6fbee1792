namespace Platform.Core.Traces;

/// <summary>Room on disk that only this user may read and that vanishes when it is closed.</summary>
public static class TemporaryFile
{
    /// <summary>Makes an empty one. It has no buffer, which would have to be written when the file is closed, also after its folder is full.</summary>
    /// <exception cref="TemporaryFolderFullException">There is no room.</exception>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public static FileStream Open()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            return new FileStream(Path.Combine(Path.GetTempPath(), $"platform-{Guid.NewGuid():N}.tmp"), options);
        }
        catch (IOException exception) when (TemporaryFolderFullException.Is(exception))
        {
            throw new TemporaryFolderFullException(exception);
        }
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

    /// <summary>Writes at a place of the file.</summary>
    /// <exception cref="TemporaryFolderFullException">There is no room.</exception>
    internal static void Write(FileStream file, ReadOnlySpan<byte> bytes, long position)
    {
        try
        {
            RandomAccess.Write(file.SafeFileHandle, bytes, position);
        }
        catch (IOException exception) when (TemporaryFolderFullException.Is(exception))
        {
            throw new TemporaryFolderFullException(exception);
        }
    }
}
