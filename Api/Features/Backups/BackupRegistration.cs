using Microsoft.Extensions.Diagnostics.HealthChecks;
using Platform.Core.Backups;
using Platform.ServiceDefaults.Health;

namespace Platform.Api.Features.Backups;

/// <summary>Lets the Api tell of the backups that the worker makes.</summary>
internal static class BackupRegistration
{
    public static void AddBackupReports(this IServiceCollection services)
    {
        services.AddSingleton<BackupRecords>();
        services.AddHealthChecks().AddCheck<BackupHealthCheck>("backups", HealthStatus.Degraded, [HealthTags.Public]);
    }
}
