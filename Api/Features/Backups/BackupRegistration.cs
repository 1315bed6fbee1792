using Microsoft.Extensions.Diagnostics.HealthChecks;
using Platform.Core.Backups;
using Platform.ServiceDefaults.Health;

namespace Platform.Api.Features.Backups;

/// <summary>Registers the state of the worker's backups in the Api.</summary>
internal static class BackupRegistration
{
    public static void AddBackupReports(this IServiceCollection services)
    {
        services.AddSingleton<BackupRecords>();
        services.AddHealthChecks().AddCheck<BackupHealthCheck>("backups", HealthStatus.Degraded, [HealthTags.Public, HealthTags.Stored]);
    }
}
