using System.ComponentModel.DataAnnotations;

namespace Platform.Core.Bots;

/// <summary>Where bots are defined and how often they are scanned. Section <c>Bots</c>.</summary>
public sealed class BotOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Bots";

    /// <summary>
    /// The folder of <c>shared.yaml</c> and <c>bots/</c>. Default: <c>config</c>. A relative path starts at the content root or at the
    /// nearest folder above it where it exists.
    /// </summary>
    public string ConfigFolder { get; set; } = "config";

    /// <summary>How often the folder is scanned. Default: 2 s; 100 ms to 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan ScanInterval { get; set; } = TimeSpan.FromSeconds(2);
}
