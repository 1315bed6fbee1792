namespace Platform.Core.Traces.ChapterX;

/// <summary>A ChapterX <c>logs</c> folder, wherever it lies. Paths are relative to it and use <c>/</c>. Several threads may read at once.</summary>
public interface ILogTree : IDisposable
{
    /// <summary>What was wrong with the tree itself when it was opened.</summary>
    IReadOnlyList<FileProblem> Problems { get; }

    /// <summary>Trace files, without reading them.</summary>
    IEnumerable<LogFile> TraceFiles();

    /// <summary>Files of streaming metrics, without reading them.</summary>
    IEnumerable<LogFile> StreamFiles();

    /// <summary>Size of a file in bytes, from the file system or the archive; 0 when there is none.</summary>
    long SizeOf(string path);

    /// <summary>Reads a part of a file that may be larger than memory.</summary>
    /// <param name="path">Of the file.</param>
    /// <param name="position">Where the part begins, in bytes.</param>
    /// <param name="part">Filled.</param>
    /// <returns>How many bytes were read: fewer than asked for or 0 where the file ends, and when there is none.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <exception cref="InvalidDataException">It is damaged from here on.</exception>
    int ReadPart(string path, long position, Span<byte> part);

    /// <summary>Reads a whole file.</summary>
    /// <returns>Null when there is no such file.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <exception cref="InvalidDataException">It is damaged or larger than allowed.</exception>
    byte[]? Read(string path);
}
