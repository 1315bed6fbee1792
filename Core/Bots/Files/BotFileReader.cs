namespace Platform.Core.Bots.Files;

/// <summary>Reads bot files, each by itself: what is wrong with one says nothing about another.</summary>
internal sealed class BotFileReader(string folder)
{
    private readonly Dictionary<string, SharedDefaults> _shared = new(StringComparer.Ordinal);

    /// <summary>The shared files that were needed so far.</summary>
    public IReadOnlyCollection<SharedDefaults> SharedFiles => _shared.Values;

    /// <summary>The shared file at a path, read once.</summary>
    /// <param name="path">Relative to the config folder.</param>
    public SharedDefaults Shared(string path)
    {
        if (!_shared.TryGetValue(path, out var shared))
        {
            _shared[path] = shared = new SharedDefaultsReader(folder).Read(path);
        }

        return shared;
    }

    /// <summary>Reads one file.</summary>
    /// <param name="path">Relative to the config folder.</param>
    public BotFileReading Read(string path)
    {
        var problems = new FileProblems(path);
        var (text, hash) = ConfigText.Read(folder, problems);
        if (text is null || new YamlTreeReader(problems).Read(text) is not { } root)
        {
            return new BotFileReading(path, hash, null, problems.All, SharedLoaded: true);
        }

        var own = BotLayers.Canonical(root.Entries, problems);
        UnknownKeys.Warn(own, problems);
        WarnOfProviders(own, problems);
        var shared = Shared(SharedPath(own, problems));
        var definition = new BotDefinitionReader(folder, BotLayers.Merge(shared.Defaults, own), problems).Read();
        return new BotFileReading(path, hash, problems.HasErrors ? null : definition, problems.All, shared.Loaded)
        {
            HandleLine = (own.GetValueOrDefault("handle") ?? own.GetValueOrDefault("name"))?.Line,
        };
    }

    private string SharedPath(Dictionary<string, ConfigEntry> own, FileProblems problems)
    {
        if (!own.TryGetValue("providers_config", out var entry) || new BotValues(own, problems).Text("providers_config", 500) is not { } named)
        {
            return SharedDefaults.DefaultPath;
        }

        if (ConfigPath.Resolve(problems.File, named) is not { } path)
        {
            problems.Error(entry.Line, entry.Key, $"{entry.Key} leads out of the config folder.", "Write ../shared.yaml");
            return SharedDefaults.DefaultPath;
        }

        if (!File.Exists(Path.Combine(folder, path)))
        {
            problems.Error(entry.Line, entry.Key, $"{entry.Key} names {path}, which does not exist.", "Write ../shared.yaml, or remove the key.");
        }

        return path;
    }

    private static void WarnOfProviders(Dictionary<string, ConfigEntry> own, FileProblems problems)
    {
        foreach (var (_, entry) in own.Where(item => BotKeys.Providers.Contains(item.Key)))
        {
            problems.Warn(entry.Line, entry.Key, $"{entry.Key} in a bot file has no effect.", "Move it to shared.yaml, with ${NAME} in the place of keys.");
        }
    }
}
