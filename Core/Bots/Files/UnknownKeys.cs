namespace Platform.Core.Bots.Files;

/// <summary>Warns about keys that have no meaning, at the place where they stand.</summary>
internal static class UnknownKeys
{
    /// <summary>Notes what is wrong with a file's keys.</summary>
    /// <param name="entries">The file's own keys, by canonical spelling.</param>
    /// <param name="problems">The file.</param>
    public static void Warn(IReadOnlyDictionary<string, ConfigEntry> entries, FileProblems problems)
    {
        foreach (var (key, entry) in entries)
        {
            if (BotKeys.IsKnown(key) || BotKeys.Providers.Contains(key) || SecretKeys.Names(entry.Key))
            {
                continue;
            }

            problems.Warn(
                entry.Line,
                entry.Key,
                $"The key {entry.Key} is not known; it is kept without effect.",
                BotKeys.Meant(key) is { } meant ? $"Did you mean {meant}?" : "Remove it, or see docs/bots.md for the keys that work.");
        }
    }
}
