using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace Platform.ServiceDefaults.Settings;

/// <summary>
/// Derives keys from the other providers. It reads them on access, so that sources added later count too.
/// </summary>
internal abstract class DerivedConfigurationProvider(IConfigurationRoot root) : IConfigurationProvider
{
    private readonly ConfigurationReloadToken _never = new();

    /// <summary>The host's own sources, the highest first.</summary>
    protected IEnumerable<IConfigurationProvider> Sources => root.Providers.Reverse().Where(provider => provider is not DerivedConfigurationProvider);

    public abstract bool TryGet(string key, out string? value);

    public abstract IEnumerable<string> GetChildKeys(IEnumerable<string> earlierKeys, string? parentPath);

    public void Set(string key, string? value)
    {
    }

    public IChangeToken GetReloadToken() => _never;

    public void Load()
    {
    }

    /// <summary>Whether any other provider has a value that is not empty.</summary>
    protected bool IsSetElsewhere(string key) =>
        root.Providers.Any(provider => provider != this && provider.TryGet(key, out var value) && !string.IsNullOrEmpty(value));

    /// <summary>The earlier keys, and the next segment of those of ours that lie below the parent.</summary>
    protected static IEnumerable<string> ChildKeys(IEnumerable<string> earlierKeys, string? parentPath, IEnumerable<string> ours)
    {
        var prefix = parentPath is null ? "" : parentPath + ConfigurationPath.KeyDelimiter;
        return earlierKeys
            .Concat(ours
                .Where(key => key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                .Select(key => key[prefix.Length..].Split(ConfigurationPath.KeyDelimiter)[0]))
            .Order(ConfigurationKeyComparer.Instance);
    }
}
