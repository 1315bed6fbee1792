using Microsoft.Extensions.Configuration;

namespace Platform.ServiceDefaults.Settings;

/// <summary>Adds the short names to a configuration.</summary>
internal sealed class SettingAliasSource(IConfigurationRoot root, IReadOnlyList<SettingAlias> aliases) : IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder) => new SettingAliasProvider(root, aliases);
}
