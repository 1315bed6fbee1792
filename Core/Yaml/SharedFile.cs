namespace Platform.Core.Yaml;

/// <summary>The parts of a <c>shared.yaml</c>: defaults of the bots, at its top level or under <c>defaults</c>, and who serves models.</summary>
internal sealed class SharedFile
{
    private const string DefaultsKey = "defaults";

    private readonly List<ConfigEntry> _defaults = [];
    private readonly List<ConfigEntry> _providers = [];
    private readonly List<ConfigEntry> _misshapen = [];

    /// <summary>Takes a file apart.</summary>
    /// <param name="root">The file's keys.</param>
    public SharedFile(ConfigMap root)
    {
        foreach (var entry in root.Entries)
        {
            var key = KeySpelling.Canonical(entry.Key);
            var isProviders = ProviderKeys.Contains(key);
            if (isProviders)
            {
                _providers.Add(entry);
            }

            if ((isProviders || key is DefaultsKey) && entry.Value is not (ConfigMap or ConfigScalar { IsNull: true }))
            {
                _misshapen.Add(entry);
            }
            else if (!isProviders)
            {
                _defaults.AddRange(key is DefaultsKey ? (entry.Value as ConfigMap)?.Entries ?? [] : [entry]);
            }
        }
    }

    /// <summary>Keys, in canonical spelling, that may contain credentials: in this file only, never in a bot's definition. ChapterX uses <c>vendors</c>.</summary>
    public static IReadOnlySet<string> ProviderKeys { get; } = new HashSet<string> { "providers", "vendors" };

    /// <summary>The bots' keys, as written.</summary>
    public IReadOnlyList<ConfigEntry> Defaults => _defaults;

    /// <summary>The sections of providers; their values may be of any kind.</summary>
    public IReadOnlyList<ConfigEntry> Providers => _providers;

    /// <summary>Sections that hold something else than keys with values.</summary>
    public IReadOnlyList<ConfigEntry> Misshapen => _misshapen;
}
