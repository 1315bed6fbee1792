namespace Platform.Core.Bots.Files;

/// <summary>Reads the defaults of <c>shared.yaml</c>; its providers belong to the models.</summary>
internal sealed class SharedDefaultsReader(string folder)
{
    private const string DefaultsKey = "defaults";

    /// <summary>Reads one shared file.</summary>
    /// <param name="path">Relative to the config folder.</param>
    /// <returns>Always a result; an absent file has no defaults.</returns>
    public SharedDefaults Read(string path)
    {
        if (!File.Exists(Path.Combine(folder, path)))
        {
            return new SharedDefaults(path, "", new Dictionary<string, ConfigEntry>(), [], Loaded: true);
        }

        var problems = new FileProblems(path);
        var (text, hash) = ConfigText.Read(folder, problems);
        var root = text is null ? null : new YamlTreeReader(problems).Read(text);
        var defaults = root is null ? [] : Defaults(root, problems);
        return new SharedDefaults(path, hash, defaults, problems.All, Loaded: !problems.HasErrors);
    }

    private Dictionary<string, ConfigEntry> Defaults(ConfigMap root, FileProblems problems)
    {
        var entries = new List<ConfigEntry>();
        foreach (var entry in root.Entries)
        {
            var key = KeySpelling.Canonical(entry.Key);
            var isSection = key is DefaultsKey || BotKeys.Providers.Contains(key);
            if (isSection && entry.Value is not (ConfigMap or ConfigScalar { IsNull: true }))
            {
                problems.Error(entry.Line, entry.Key, $"{entry.Key} must hold keys with values.", "Write one key a line, indented below it.");
            }
            else if (key is DefaultsKey)
            {
                entries.AddRange((entry.Value as ConfigMap)?.Entries ?? []);
            }
            else if (!BotKeys.Providers.Contains(key))
            {
                entries.Add(entry);
            }
        }

        var defaults = BotLayers.Canonical(entries, problems);
        UnknownKeys.Warn(defaults, problems);
        WarnOfIdentity(defaults, problems);
        new BotDefinitionReader(folder, defaults, problems).Check();
        return defaults;
    }

    private static void WarnOfIdentity(Dictionary<string, ConfigEntry> defaults, FileProblems problems)
    {
        foreach (var (_, entry) in defaults.Where(item => BotKeys.Identity.Contains(item.Key)))
        {
            problems.Warn(entry.Line, entry.Key, $"{entry.Key} says who one bot is; it is not shared.", "Move it to the bot's own file.");
        }
    }
}
