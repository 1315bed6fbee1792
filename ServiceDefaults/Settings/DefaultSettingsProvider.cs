using Microsoft.Extensions.Configuration;

namespace Platform.ServiceDefaults.Settings;

/// <summary>Answers a key with its default when no other provider has a value.</summary>
internal sealed class DefaultSettingsProvider(IConfigurationRoot root, IReadOnlyDictionary<string, string> defaults)
    : DerivedConfigurationProvider(root)
{
    public override bool TryGet(string key, out string? value)
    {
        var found = defaults.TryGetValue(key, out value) && FindElsewhere(key) is null;
        value = found ? value : null;
        return found;
    }

    public override IEnumerable<string> GetChildKeys(IEnumerable<string> earlierKeys, string? parentPath) =>
        ChildKeys(earlierKeys, parentPath, defaults.Keys);
}
