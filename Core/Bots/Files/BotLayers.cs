using Platform.Core.Yaml;

namespace Platform.Core.Bots.Files;

/// <summary>Lays a bot's own keys over the shared ones, in canonical spelling.</summary>
internal static class BotLayers
{
    /// <summary>Alternative keys: a bot's value for either replaces both shared ones.</summary>
    private static readonly (string Text, string File)[] Twins =
    [
        ("system_prompt", "system_prompt_file"),
        ("context_prefix", "context_prefix_file"),
    ];

    private static readonly string[] MergedSections = ["plugin_config", "provider_params"];

    /// <summary>Brings a file's keys to canonical spelling.</summary>
    /// <param name="entries">As written.</param>
    /// <param name="problems">Receives keys that are written in two spellings.</param>
    public static Dictionary<string, ConfigEntry> Canonical(IEnumerable<ConfigEntry> entries, ConfigProblems problems)
    {
        var result = new Dictionary<string, ConfigEntry>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            var key = KeySpelling.Canonical(entry.Key);
            if (!result.TryAdd(key, entry))
            {
                problems.Error(entry.Place, entry.Key, $"The keys {result[key].Key} (line {result[key].Place.Line}) and {entry.Key} mean the same.", $"Keep one, preferably {key}.");
            }
        }

        return result;
    }

    /// <summary>The effective keys.</summary>
    /// <param name="shared">Of shared.yaml.</param>
    /// <param name="own">Of the bot's file.</param>
    public static Dictionary<string, ConfigEntry> Merge(
        IReadOnlyDictionary<string, ConfigEntry> shared,
        IReadOnlyDictionary<string, ConfigEntry> own)
    {
        var result = shared.Where(item => !BotKeys.Identity.Contains(item.Key)).ToDictionary(StringComparer.Ordinal);
        foreach (var twin in Twins.Where(twin => own.ContainsKey(twin.Text) || own.ContainsKey(twin.File)))
        {
            result.Remove(twin.Text);
            result.Remove(twin.File);
        }

        foreach (var (key, entry) in own)
        {
            result[key] = MergedSections.Contains(key) && result.TryGetValue(key, out var below) ? Section(below, entry) : entry;
        }

        return result;
    }

    private static ConfigEntry Section(ConfigEntry below, ConfigEntry above)
    {
        if (below.Value is not ConfigMap lower || above.Value is not ConfigMap upper)
        {
            return above;
        }

        var replaced = upper.Entries.Select(entry => entry.Key).ToHashSet(StringComparer.Ordinal);
        return above with { Value = new ConfigMap(upper.Place, [.. lower.Entries.Where(entry => !replaced.Contains(entry.Key)), .. upper.Entries]) };
    }
}
