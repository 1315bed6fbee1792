namespace Platform.Compose.Output;

/// <summary>Paths of the manifest, which are relative to it, as a compose file beside it writes them.</summary>
internal static class ManifestPath
{
    /// <summary>With <c>./</c> in front, so that it is not taken for a volume's name.</summary>
    public static string InCompose(string path) => path is ['.' or '/', ..] ? path : $"./{path}";

    /// <summary>A file's path as seen from a folder.</summary>
    public static string Relative(string folder, string file) => Path.GetRelativePath(folder, file).Replace('\\', '/');
}
