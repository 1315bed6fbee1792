using Microsoft.Extensions.Configuration;

namespace Platform.ServiceDefaults.Settings;

/// <summary>
/// Adds values that count only where no other source has one. (Inserting a source at the bottom instead would rebuild all sources and
/// lose what was set by hand.)
/// </summary>
internal sealed class DefaultSettingsSource(IConfigurationRoot root, IReadOnlyDictionary<string, string> defaults) : IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder) => new DefaultSettingsProvider(root, defaults);
}
