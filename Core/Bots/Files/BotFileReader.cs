using Platform.Core.Yaml;

namespace Platform.Core.Bots.Files;

/// <summary>Reads bot files, each on its own: a problem in one does not affect another.</summary>
/// <param name="folder">The config folder.</param>
/// <param name="files">Reads the shared files.</param>
internal sealed class BotFileReader(string folder, ConfigFiles files)
{
    private readonly Dictionary<string, SharedDefaults> _shared = new(StringComparer.Ordinal);

    /// <summary>The shared files that were needed so far.</summary>
    public IReadOnlyCollection<SharedDefaults> SharedFiles => _shared.Values;

    /// <summary>What is wrong with a file as YAML; a file without keys is an error.</summary>
    public static ConfigProblems ProblemsOf(ConfigDocument document)
    {
        var problems = new ConfigProblems(document.File, document.Problems);
        if (document.IsEmpty)
        {
            problems.Error(null, null, "The file is empty.", "Write at least name and continuation_model, or delete the file.");
        }

        return problems;
    }

    /// <summary>The shared file at a path, read once.</summary>
    /// <param name="path">Relative to the config folder.</param>
    public SharedDefaults Shared(string path)
    {
        if (!_shared.TryGetValue(path, out var shared))
        {
            _shared[path] = shared = SharedDefaults.Read(folder, files.Read(folder, path));
        }

        return shared;
    }

    /// <summary>Reads one file.</summary>
    /// <param name="path">Relative to the config folder.</param>
    public BotFileReading Read(string path)
    {
        var document = ConfigFiles.ReadOnce(folder, path);
        var problems = ProblemsOf(document);
        if (document.Root is not { } root)
        {
            return new BotFileReading(path, document.Hash, null, problems.ToContract(), SharedLoaded: true);
        }

        var own = BotLayers.Canonical(root.Entries, problems);
        BotKeys.WarnOfUnknown(own, problems);
        WarnOfProviders(own, problems);
        var shared = Shared(SharedPath(own, problems));
        var definition = new BotDefinitionReader(folder, BotLayers.Merge(shared.Defaults, own), problems).Read();
        return new BotFileReading(path, document.Hash, problems.HasErrors ? null : definition, problems.ToContract(), shared.Loaded)
        {
            HandleLine = (own.GetValueOrDefault("handle") ?? own.GetValueOrDefault("name"))?.Place.Line,
        };
    }

    private string SharedPath(Dictionary<string, ConfigEntry> own, ConfigProblems problems)
    {
        if (!own.TryGetValue("providers_config", out var entry) || new ConfigValues(own, problems).Text("providers_config", 500) is not { } named)
        {
            return ConfigFolder.SharedFile;
        }

        if (ConfigFolder.Resolve(problems.File, named) is not { } path)
        {
            problems.Error(entry.Place, entry.Key, $"{entry.Key} points outside the config folder.", "Write ../shared.yaml");
            return ConfigFolder.SharedFile;
        }

        if (!File.Exists(Path.Combine(folder, path)))
        {
            problems.Error(entry.Place, entry.Key, $"{entry.Key} names {path}, which does not exist.", "Write ../shared.yaml, or remove the key.");
        }

        return path;
    }

    private static void WarnOfProviders(Dictionary<string, ConfigEntry> own, ConfigProblems problems)
    {
        foreach (var (_, entry) in own.Where(item => SharedFile.ProviderKeys.Contains(item.Key)))
        {
            problems.Warn(entry.Place, entry.Key, $"{entry.Key} in a bot file has no effect.", "Move it to shared.yaml, with ${NAME} instead of keys.");
        }
    }
}
