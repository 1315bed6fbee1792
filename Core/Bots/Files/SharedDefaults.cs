using Platform.Contracts.Bots;

namespace Platform.Core.Bots.Files;

/// <summary>The defaults that a file shares with every bot. Providers are not among them.</summary>
/// <param name="Path">Relative to the config folder.</param>
/// <param name="ContentHash">SHA-256 of the file in hex; empty when there is none.</param>
/// <param name="Defaults">By canonical spelling.</param>
/// <param name="Problems">What is wrong with it.</param>
/// <param name="Loaded">False when its defaults cannot be known; an absent file is loaded and empty.</param>
internal sealed record SharedDefaults(
    string Path,
    string ContentHash,
    IReadOnlyDictionary<string, ConfigEntry> Defaults,
    IReadOnlyList<BotFileProblem> Problems,
    bool Loaded)
{
    /// <summary>Where it lies unless a bot says otherwise.</summary>
    public const string DefaultPath = "shared.yaml";

    /// <summary>True when there is such a file.</summary>
    public bool Exists => ContentHash.Length > 0 || Problems.Count > 0;
}
