namespace Platform.Compose;

/// <summary>Where the manifest and the profiles lie.</summary>
internal static class RepositoryFolder
{
    public const string ManifestFile = "aspire-manifest.json";

    /// <summary>The nearest folder that holds the manifest, from the working folder or from the program upwards.</summary>
    /// <exception cref="ComposeException">There is none.</exception>
    public static string Find() =>
        Above(Directory.GetCurrentDirectory()) ?? Above(AppContext.BaseDirectory)
        ?? throw new ComposeException($"No folder above {Directory.GetCurrentDirectory()} has {ManifestFile}; set the repository's folder with --root.");

    private static string? Above(string start)
    {
        var folder = new DirectoryInfo(start);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, ManifestFile)))
        {
            folder = folder.Parent;
        }

        return folder?.FullName;
    }
}
