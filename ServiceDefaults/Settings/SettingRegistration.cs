using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Platform.ServiceDefaults.Settings;

/// <summary>Adds files, short names and the checks of options to a host.</summary>
internal static class SettingRegistration
{
    /// <exception cref="SettingException">A setting cannot be read.</exception>
    public static void AddSettings(this IHostApplicationBuilder builder)
    {
        var root = (IConfigurationRoot)builder.Configuration;
        builder.Configuration.Add(new SettingSource(root));
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton(typeof(IValidateOptions<>), typeof(SettingValidator<>)));

        // Reading everything once turns a missing file into an error at start instead of at first use.
        foreach (var _ in root.AsEnumerable())
        {
        }
    }
}
