using System.ComponentModel.DataAnnotations;

namespace Platform.Core.Backups;

/// <summary>Where backups of the database are written, and how many are kept. Section <c>Backups</c>.</summary>
public sealed class BackupOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Backups";

    /// <summary>Name of the connection string of restore drills, whose role may create databases; without it the platform's own is used.</summary>
    public const string DrillConnectionName = "drill";

    /// <summary>The folder; null disables nightly backups. Alias: <c>BACKUPS_DIR</c>.</summary>
    public string? Directory { get; set; }

    /// <summary>How many nightly backups are kept; 1 to 1000. Those made before a deployment or by hand are not counted.</summary>
    [Range(1, 1000), DisplayFormat(DataFormatString = "{0} backups")]
    public int KeepNightly { get; set; } = 14;

    /// <summary>The folder of <c>pg_dump</c> and <c>pg_restore</c>; null looks them up in PATH. Their major version must not be older than the server's.</summary>
    public string? ToolsDirectory { get; set; }
}
