namespace Platform.Core.Traces.ChapterX;

/// <summary>A ChapterX <c>logs</c> folder, wherever it lies. Paths are relative to it and use <c>/</c>.</summary>
public interface ILogTree : IDisposable
{
    /// <summary>What was wrong with the tree itself when it was opened.</summary>
    IReadOnlyList<FileProblem> Problems { get; }

    /// <summary>Trace files, without reading them.</summary>
    IEnumerable<LogFile> TraceFiles();

    /// <summary>Files of streaming metrics, without reading them.</summary>
    IEnumerable<LogFile> StreamFiles();

    /// <summary>Reads a part of a file that may be larger than memory. Several may ask at once.</summary>
    /// <param name="path">Of the file.</param>
    /// <param name="position">Where the part begins, in bytes.</param>
    /// <param name="part">Filled.</param>
    /// <returns>How many bytes were read; fewer than asked for where the file ends, 0 when there is none.</returns>
    int ReadPart(string path, long position, Span<byte> part);

    /// <summary>Opens a file to read it line by line. Not while <see cref="ReadAsync"/> runs.</summary>
    /// <returns>Null when there is no such file.</returns>
    Stream? Open(string path);

    /// <summary>Reads a whole file. Several may be asked for at once.</summary>
    /// <returns>Null when there is no such file.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is damaged or larger than allowed.</exception>
    Task<byte[]?> ReadAsync(string path, CancellationToken cancellationToken);
}
