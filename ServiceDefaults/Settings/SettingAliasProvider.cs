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

    public override IEnumerable<string> GetChildKeys(IEnumerable<string> earlierKeys, string? parentPath) =>
        ChildKeys(earlierKeys, parentPath, aliases.Where(alias => FindElsewhere(alias.Name) is not null).Select(alias => alias.Key));

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
