namespace Platform.Contracts.Bots;

/// <summary>One YAML file of the config folder.</summary>
/// <param name="Path">Relative to the config folder.</param>
/// <param name="BotId">The bot whose active definition came from it; null if it never loaded.</param>
/// <param name="Loaded">True when its newest version is active.</param>
/// <param name="Problems">Errors keep the newest version from being loaded, warnings do not.</param>
/// <param name="CheckedAt">UTC of the last reading.</param>
public sealed record BotFileResponse(
    string Path,
    string? BotId,
    bool Loaded,
    IReadOnlyList<BotFileProblem> Problems,
    DateTimeOffset CheckedAt);

/// <summary>A problem in a bot's file that a person should fix.</summary>
/// <param name="Severity"><c>error</c> or <c>warning</c>.</param>
/// <param name="File">Relative to the config folder.</param>
/// <param name="Line">From 1; null when it concerns the whole file.</param>
/// <param name="Key">The key's path, e.g. <c>plugin_config.notes</c>; null when it concerns the whole file.</param>
/// <param name="Message">The problem, with the value.</param>
/// <param name="Remedy">What to write instead.</param>
public sealed record BotFileProblem(string Severity, string File, int? Line, string? Key, string Message, string Remedy);
