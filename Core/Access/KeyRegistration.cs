using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Platform.Core.Access;

/// <summary>Registers the configured keys in a host.</summary>
public static class KeyRegistration
{
    /// <summary>Registers <see cref="KeyRing"/> over <see cref="AccessOptions"/>.</summary>
    /// <param name="services">Of the host.</param>
    /// <param name="validate">Whether the host refuses to start with settings that leave it open; a host that others protect need not.</param>
    public static IServiceCollection AddKeys(this IServiceCollection services, bool validate = false)
    {
        var options = services.AddOptions<AccessOptions>().BindConfiguration(AccessOptions.Section);
        if (validate)
        {
            services.AddSingleton<IValidateOptions<AccessOptions>, AccessOptionsValidator>();
            options.ValidateOnStart();
        }

        return services.AddSingleton<KeyRing>().AddSingleton<KeyAttempts>().AddSingleton<KeyGuard>();
    }
}
