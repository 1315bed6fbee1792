using System.ComponentModel.DataAnnotations;

namespace Platform.Worker.Features.Traces;

/// <summary>Which logs folders are followed. Section <c>Imports</c>.</summary>
public sealed class LogWatchOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Imports";

    /// <summary>ChapterX's <c>logs</c> folder or one around it; empty for none.</summary>
    public string? LogsDir { get; set; }

    /// <summary>Several of them, separated by commas.</summary>
    public string? LogsDirs { get; set; }

    /// <summary>How often the folders are scanned where the file system reports no changes; 200 ms to 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00.2", "00:01:00")]
    public TimeSpan WatchInterval { get; set; } = TimeSpan.FromSeconds(1);
}
