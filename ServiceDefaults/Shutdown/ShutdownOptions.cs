using System.ComponentModel.DataAnnotations;

namespace Platform.ServiceDefaults.Shutdown;

/// <summary>How a host ends.</summary>
public sealed class ShutdownOptions
{
    /// <summary>The section these are read from.</summary>
    public const string Section = "Shutdown";

    /// <summary>Maximum time of a shutdown, requests and background work together. Default: 30 s; from 1 s to 10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);
}
