namespace Platform.ServiceDefaults.Telemetry;

/// <summary>Whose traces and metrics leave the host. Names that end in a star are prefixes.</summary>
internal static class TelemetrySources
{
    /// <summary>The framework and the driver emit theirs without an instrumentation package.</summary>
    public static IReadOnlyList<string> Activities { get; } = ["Platform.*", "Microsoft.AspNetCore", "System.Net.Http", "Npgsql"];

    /// <summary>Meters shown at <c>/metrics</c> and exported.</summary>
    public static IReadOnlyList<string> Meters { get; } =
        ["Platform.*", "Microsoft.AspNetCore.*", "System.Net.Http", "System.Runtime", "Npgsql", "Microsoft.EntityFrameworkCore", "Polly"];

    /// <summary>True when the meter is one of <see cref="Meters"/>.</summary>
    public static bool HasMeter(string name) => Meters.Any(pattern => pattern.EndsWith('*')
        ? name.StartsWith(pattern[..^1], StringComparison.Ordinal)
        : name == pattern);
}
