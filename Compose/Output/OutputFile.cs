namespace Platform.Compose.Output;

/// <summary>A file that is written, and committed.</summary>
/// <param name="Path">Relative to the repository.</param>
/// <param name="Text">Its content, lines ending in <c>\n</c>.</param>
internal sealed record OutputFile(string Path, string Text)
{
    /// <summary>Whether it is missing or differs.</summary>
    public bool IsStaleIn(string root) => !File.Exists(FullPath(root)) || File.ReadAllText(FullPath(root)) != Text;

    public void WriteTo(string root)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(FullPath(root)) ?? root);
        File.WriteAllText(FullPath(root), Text);
    }

    private string FullPath(string root) => System.IO.Path.Combine(root, Path);
}
