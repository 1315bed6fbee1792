namespace Platform.Core.Traces.ChapterX;

/// <summary>How large an archive may be before it is refused unread, and its files before they are left out.</summary>
public sealed record ZipLimits
{
    /// <summary>About the memory that a file or folder of an archive takes, with its names, in bytes.</summary>
    internal const int EntryBytes = 700;

    private const int MostEntries = 300_000;

    /// <summary>Most files and folders; default 300 000, or what fits into a quarter of the memory that the process may use.</summary>
    public int Entries { get; init; } = (int)Math.Min(MostEntries, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4 / EntryBytes);

    /// <summary>Most bytes of all files, uncompressed; default 16 GiB.</summary>
    public long TotalBytes { get; init; } = 16L * 1024 * 1024 * 1024;

    /// <summary>Most bytes of one file, uncompressed; default 256 MiB.</summary>
    public long FileBytes { get; init; } = LogLayout.LargestFileBytes;

    /// <summary>How many times larger than its compressed form a file above 1 MiB may be, else it is left out; default 200. Logs reach 30.</summary>
    public int CompressionRatio { get; init; } = 200;
}
