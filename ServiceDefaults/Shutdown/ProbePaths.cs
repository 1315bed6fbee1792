using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;

namespace Platform.ServiceDefaults.Shutdown;

/// <summary>Routes of health probes.</summary>
internal static class ProbePaths
{
    private static readonly FrozenSet<string> Paths = new[]
    {
        "/alive", "/healthz", "/health", "/api/v1/health", "/ready", "/readyz", "/version", "/metrics",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool Contains(PathString path) => path.Value is { } text && Paths.Contains(text);
}
