using Microsoft.Extensions.Configuration;

namespace Platform.ServiceDefaults.Settings;

/// <summary>Answers a key with the value of its short name, which wins over every source below it.</summary>
internal sealed class SettingAliasProvider(IConfigurationRoot root, IReadOnlyList<SettingAlias> aliases)
    : DerivedConfigurationProvider(root)
{
    public override bool TryGet(string key, out string? value)
    {
        foreach (var alias in aliases)
        {
            if (alias.Key.Equals(key, StringComparison.OrdinalIgnoreCase) && FindElsewhere(alias.Name) is { } text)
            {
                value = Translate(alias, text);
                return true;
            }
        }

        value = null;
        return false;
    }

    public override IEnumerable<string> GetChildKeys(IEnumerable<string> earlierKeys, string? parentPath)
    {
        var prefix = parentPath is null ? "" : parentPath + ConfigurationPath.KeyDelimiter;
        var own = aliases
            .Where(alias => alias.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && FindElsewhere(alias.Name) is not null)
            .Select(alias => alias.Key[prefix.Length..].Split(ConfigurationPath.KeyDelimiter)[0]);
        return earlierKeys.Concat(own).Order(ConfigurationKeyComparer.Instance);
    }

    private static string Translate(SettingAlias alias, string text)
    {
        try
        {
            return alias.Translate?.Invoke(text) ?? text;
        }
        catch (FormatException exception)
        {
            throw new SettingException($"{alias.Name} (setting {alias.Key}): {exception.Message}.", exception);
        }
    }
}
