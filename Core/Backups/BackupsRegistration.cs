using Microsoft.Extensions.DependencyInjection;

namespace Platform.Core.Backups;

/// <summary>Registers the making and restoring of backups in a host. Needs storage.</summary>
public static class BackupsRegistration
{
    /// <summary>Registers <see cref="BackupMaker"/>, <see cref="BackupRestorer"/>, <see cref="BackupDrills"/> and <see cref="BackupRecords"/>.</summary>
    public static IServiceCollection AddBackups(this IServiceCollection services)
    {
        services.AddOptions<BackupOptions>()
            .BindConfiguration(BackupOptions.Section)
            .Validate(backups => backups.KeepNightly is >= 1 and <= 1000, "Backups:KeepNightly must be 1 to 1000 backups.")
            .ValidateOnStart();
        return services
            .AddSingleton<PostgresTool>()
            .AddSingleton<BackupRecords>()
            .AddSingleton<BackupMaker>()
            .AddSingleton<BackupRestorer>()
            .AddSingleton<BackupDrills>();
    }
}
