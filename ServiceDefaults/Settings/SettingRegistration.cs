using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Platform.ServiceDefaults.Settings;

/// <summary>Adds files and short names to a host's configuration.</summary>
internal static class SettingRegistration
{
    /// <exception cref="SettingException">A setting cannot be read.</exception>
    public static void AddSettings(this IHostApplicationBuilder builder)
    {
        var root = (IConfigurationRoot)builder.Configuration;
        builder.Configuration.Add(new SecretFileSource(root));
        builder.Configuration.Add(new SettingAliasSource(root, SettingAliases.All));

        // Reading everything once turns a missing file into an error at start instead of at first use.
        foreach (var _ in root.AsEnumerable())
        {
        }
    }
}
