namespace Platform.Contracts.Bots;

/// <summary>One YAML file of the config folder.</summary>
/// <param name="Path">Relative to the config folder.</param>
/// <param name="BotId">The bot whose definition in force came from it; null if it never loaded.</param>
/// <param name="Loaded">True when its newest version is in force.</param>
/// <param name="Problems">Errors keep the newest version out of force, warnings do not.</param>
/// <param name="CheckedAt">UTC of the last reading.</param>
public sealed record BotFileResponse(
    string Path,
    string? BotId,
    bool Loaded,
    IReadOnlyList<BotFileProblem> Problems,
    DateTimeOffset CheckedAt);
