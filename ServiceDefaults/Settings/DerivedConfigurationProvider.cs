using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace Platform.ServiceDefaults.Settings;

/// <summary>
/// Answers keys from what the other providers hold. It looks at the moment it is asked, so that sources added later count too.
/// </summary>
internal abstract class DerivedConfigurationProvider(IConfigurationRoot root) : IConfigurationProvider
{
    private readonly ConfigurationReloadToken _never = new();

    public abstract bool TryGet(string key, out string? value);

    public abstract IEnumerable<string> GetChildKeys(IEnumerable<string> earlierKeys, string? parentPath);

    public void Set(string key, string? value)
    {
    }

    public IChangeToken GetReloadToken() => _never;

    public void Load()
    {
    }

    /// <summary>What the other providers hold, null when it is missing or empty.</summary>
    protected string? FindElsewhere(string key)
    {
        foreach (var provider in root.Providers.Reverse())
        {
            if (provider != this && provider.TryGet(key, out var value) && !string.IsNullOrEmpty(value))
            {
                return value;
            }
        }

        return null;
    }

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
