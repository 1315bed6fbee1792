using System.ComponentModel.DataAnnotations;

namespace Platform.Core.Traces.Imports;

/// <summary>What imports may take. Section <c>Imports</c>.</summary>
public sealed class ImportOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Imports";

    private const long LeastMemoryBytes = 16L * 1024 * 1024;

    /// <summary>
    /// Memory in bytes that all running imports of a process take together for the files they read; a file that needs more is refused. 0 takes a quarter of what the
    /// process may use, at least 16 MiB.
    /// </summary>
    [Range(0L, 1L << 40), DisplayFormat(DataFormatString = "{0} bytes")]
    public long MemoryBytes { get; set; }

    /// <summary>Disk in bytes that all uploads of a process take together in the folder for temporary files, unpacked files included. Default: 4 GiB; 1 MiB to 1 TiB.</summary>
    [Range(1L << 20, 1L << 40), DisplayFormat(DataFormatString = "{0} bytes")]
    public long UploadBytes { get; set; } = 4L * 1024 * 1024 * 1024;

    /// <summary>Uploads at once, from their first byte to the end of their import; default 4, 1 to 100.</summary>
    [Range(1, 100), DisplayFormat(DataFormatString = "{0} uploads")]
    public int Uploads { get; set; } = 4;

    /// <summary>What <see cref="MemoryBytes"/> comes to on this machine.</summary>
    public long AllowedMemoryBytes => MemoryBytes > 0 ? MemoryBytes : Math.Max(LeastMemoryBytes, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4);
}
