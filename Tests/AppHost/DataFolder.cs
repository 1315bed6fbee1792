namespace Platform.Tests.AppHost;

/// <summary>Folders for the databases of a run.</summary>
internal static class DataFolder
{
    /// <summary>A new one that other users may pass through: as root, Postgres runs as another user, who has to get to its folder.</summary>
    public static DirectoryInfo Create()
    {
        var folder = Directory.CreateTempSubdirectory("platform-data-");
        if (!OperatingSystem.IsWindows())
        {
            folder.UnixFileMode |= UnixFileMode.OtherExecute;
        }

        return folder;
    }
}
