namespace Platform.Core.Bots.Files;

/// <summary>Keys with their values.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Entries">In the order of the file; no key twice.</param>
internal sealed record ConfigMap(int Line, IReadOnlyList<ConfigEntry> Entries)
    : ConfigNode(Line, 1 + Entries.Sum(entry => entry.Key.Length + entry.Value.Size));
