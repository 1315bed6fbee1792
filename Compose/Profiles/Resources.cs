namespace Platform.Compose.Profiles;

/// <summary>A share of the machine.</summary>
/// <param name="Cpus">Processors, such as <c>0.5</c>.</param>
/// <param name="Memory">Such as <c>512M</c>.</param>
internal sealed record Resources(string Cpus, MemorySize Memory)
{
    public static Resources Read(ProfileMap yaml)
    {
        var resources = new Resources(
            yaml.RequiredText("cpus"),
            MemorySize.TryParse(yaml.RequiredText("memory"), out var memory) ? memory : throw yaml.Wrong("memory must be a number with K, M or G"));
        yaml.End();
        return resources;
    }
}
