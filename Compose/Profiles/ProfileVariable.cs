namespace Platform.Compose.Profiles;

/// <summary>A variable of <c>.env</c>.</summary>
/// <param name="Default">Used when it is not set.</param>
/// <param name="About">What it is, for people.</param>
internal sealed record ProfileVariable(string Default, string About)
{
    public static ProfileVariable Read(ProfileMap yaml)
    {
        var variable = new ProfileVariable(yaml.RequiredText("default"), yaml.RequiredText("about"));
        yaml.End();
        return variable;
    }
}
