namespace Platform.Compose.Profiles;

/// <summary>What the manifest's projects are built into.</summary>
/// <param name="Name">The image; <c>{project}</c> stands for the project's name in lower case.</param>
/// <param name="Dockerfile">Relative to the repository. It has a target for each project, named like it.</param>
/// <param name="Arguments">Build arguments.</param>
internal sealed record ProjectImages(string Name, string Dockerfile, IReadOnlyDictionary<string, string> Arguments)
{
    public static ProjectImages Read(ProfileMap yaml)
    {
        var images = new ProjectImages(yaml.RequiredText("name"), yaml.RequiredText("dockerfile"), yaml.TextMap("arguments"));
        yaml.End();
        return images;
    }

    /// <summary>The Dockerfile's target for a project file, such as <c>api</c> for <c>Api/Api.csproj</c>.</summary>
    public static string TargetOf(string projectFile) => Path.GetFileNameWithoutExtension(projectFile).ToLowerInvariant();

    /// <summary>The image of a project file.</summary>
    public string ImageOf(string projectFile) => Name.Replace("{project}", TargetOf(projectFile), StringComparison.Ordinal);
}
