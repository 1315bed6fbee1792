using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Platform.Api.Features.Traces.Imports;

/// <summary>Degraded while the folder for temporary files has no room for uploads. Names the folder.</summary>
internal sealed class TemporaryFolderHealthCheck : IHealthCheck
{
    private const long LeastFreeBytes = 16L * 1024 * 1024;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var folder = Path.GetTempPath();
        var free = new DriveInfo(folder).AvailableFreeSpace;
        return Task.FromResult(free >= LeastFreeBytes
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded(
                $"{folder} is full",
                data: new Dictionary<string, object> { ["problem"] = $"The folder for temporary files, {folder}, is full: uploads are refused.", ["free_bytes"] = free }));
    }
}
