namespace Platform.Contracts.Bots;

/// <summary>Something in a bot's file that a person should mend.</summary>
/// <param name="Severity"><c>error</c> or <c>warning</c>.</param>
/// <param name="File">Relative to the config folder.</param>
/// <param name="Line">From 1; null when it concerns the whole file.</param>
/// <param name="Key">The key's path, e.g. <c>plugin_config.notes</c>; null when it concerns the whole file.</param>
/// <param name="Message">What is wrong, naming the value.</param>
/// <param name="Remedy">What to write instead.</param>
public sealed record BotFileProblem(string Severity, string File, int? Line, string? Key, string Message, string Remedy);
