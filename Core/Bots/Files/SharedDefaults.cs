using Platform.Contracts.Bots;
using Platform.Core.Yaml;

namespace Platform.Core.Bots.Files;

/// <summary>The defaults that a file shares with every bot. Providers are not among them: they belong to the models.</summary>
/// <param name="Path">Relative to the config folder.</param>
/// <param name="ContentHash">SHA-256 of the file in hex; empty when there is none.</param>
/// <param name="Defaults">By canonical spelling.</param>
/// <param name="Problems">What is wrong with it.</param>
/// <param name="Loaded">False when its defaults are unknown; an absent file counts as loaded and empty.</param>
internal sealed record SharedDefaults(
    string Path,
    string ContentHash,
    IReadOnlyDictionary<string, ConfigEntry> Defaults,
    IReadOnlyList<BotFileProblem> Problems,
    bool Loaded)
{
    /// <summary>True when there is such a file.</summary>
    public bool Exists => ContentHash.Length > 0 || Problems.Count > 0;

    /// <summary>Reads one shared file.</summary>
    /// <param name="folder">The config folder.</param>
    /// <param name="document">The file in it.</param>
    /// <returns>Always a result; an absent file has no defaults.</returns>
    public static SharedDefaults Read(string folder, ConfigDocument document)
    {
        var problems = BotFileReader.ProblemsOf(document);
        var defaults = document.Root is null ? [] : Read(folder, new SharedFile(document.Root), problems);
        return new SharedDefaults(document.File, document.Hash, defaults, problems.ToContract(), Loaded: !problems.HasErrors);
    }

    private static Dictionary<string, ConfigEntry> Read(string folder, SharedFile file, ConfigProblems problems)
    {
        foreach (var entry in file.Misshapen)
        {
            problems.Error(entry.Place, entry.Key, $"{entry.Key} must be keys with values.", "Write one key a line, indented below it.");
        }

        var defaults = BotLayers.Canonical(file.Defaults, problems);
        BotKeys.WarnOfUnknown(defaults, problems);
        foreach (var (_, entry) in defaults.Where(item => BotKeys.Identity.Contains(item.Key)))
        {
            problems.Warn(entry.Place, entry.Key, $"{entry.Key} identifies one bot and cannot be shared.", "Move it to the bot's own file.");
        }

        new BotDefinitionReader(folder, defaults, problems).Check();
        return defaults;
    }
}
