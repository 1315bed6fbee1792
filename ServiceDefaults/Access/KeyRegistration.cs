using Microsoft.Extensions.DependencyInjection;

namespace Platform.ServiceDefaults.Access;

/// <summary>Puts the configured keys into a host.</summary>
public static class KeyRegistration
{
    /// <summary>Registers <see cref="KeyRing"/> over <see cref="AccessOptions"/>. Whether a host may do without keys is the host's to decide.</summary>
    public static IServiceCollection AddKeys(this IServiceCollection services)
    {
        services.AddOptions<AccessOptions>().BindConfiguration(AccessOptions.Section);
        return services.AddSingleton<KeyRing>();
    }
}
