namespace Platform.Core.Bots.Files;

/// <summary>One key of a file.</summary>
/// <param name="File">Where it stands, relative to the config folder; layers mix entries of several files.</param>
/// <param name="Line">From 1.</param>
/// <param name="Key">As it is written there.</param>
/// <param name="Value">What it holds.</param>
internal sealed record ConfigEntry(string File, int Line, string Key, ConfigNode Value);
