using System.ComponentModel.DataAnnotations;

namespace Platform.ServiceDefaults.Outgoing;

/// <summary>How hosts call other servers.</summary>
public sealed class OutgoingHttpOptions
{
    /// <summary>The section these are read from.</summary>
    public const string Section = "Http";

    /// <summary>Maximum time of a call until the response headers, retries included. Default: 30 s; from 1 s to 10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);
}
