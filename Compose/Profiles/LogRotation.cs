namespace Platform.Compose.Profiles;

/// <summary>How much a container may log.</summary>
/// <param name="Size">Of one file, such as <c>10m</c>.</param>
/// <param name="Files">How many.</param>
internal sealed record LogRotation(string Size, string Files)
{
    public static LogRotation Read(ProfileMap yaml)
    {
        var rotation = new LogRotation(yaml.RequiredText("size"), yaml.RequiredText("files"));
        yaml.End();
        return rotation;
    }
}
