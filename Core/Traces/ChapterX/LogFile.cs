namespace Platform.Core.Traces.ChapterX;

/// <summary>A trace file of a <see cref="ILogTree"/>.</summary>
/// <param name="Path">Inside the tree.</param>
/// <param name="Bot">The folder's name; null for a file of the time before folders.</param>
public sealed record LogFile(string Path, string? Bot)
{
    /// <summary>Without its folder.</summary>
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];
}
