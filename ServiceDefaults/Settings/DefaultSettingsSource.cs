using Microsoft.Extensions.Configuration;

namespace Platform.ServiceDefaults.Settings;

/// <summary>
/// Adds values that count only where no other source has one. (Inserting a source at the bottom instead would rebuild all sources and
/// lose what was set by hand.)
/// </summary>
internal sealed class DefaultSettingsSource(IConfigurationRoot root, IReadOnlyDictionary<string, string> defaults) : IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder) => new DefaultSettingsProvider(root, defaults);

    private sealed class DefaultSettingsProvider(IConfigurationRoot root, IReadOnlyDictionary<string, string> defaults)
        : DerivedConfigurationProvider(root)
    {
        public override bool TryGet(string key, out string? value)
        {
            var found = defaults.TryGetValue(key, out value) && !IsSetElsewhere(key);
            value = found ? value : null;
            return found;
        }

        public override IEnumerable<string> GetChildKeys(IEnumerable<string> earlierKeys, string? parentPath) =>
            ChildKeys(earlierKeys, parentPath, defaults.Keys);
    }
}
