namespace Platform.ServiceDefaults.Metrics;

/// <summary>Who may read <c>/metrics</c>: programs on this machine, those with a key, and everyone where <see cref="Open"/> says so. Section <c>Metrics</c>.</summary>
public sealed class MetricsOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Metrics";

    /// <summary>Whether anyone may who reaches the service (<c>METRICS_OPEN</c>); false by default.</summary>
    public bool Open { get; set; }
}
