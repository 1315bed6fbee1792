namespace Platform.Compose.Profiles;

/// <summary>A volume, or a folder or file of the machine, in a container: <c>SOURCE:TARGET[:ro]</c>.</summary>
/// <param name="Source">A volume's name; or a path, which begins with <c>.</c>, <c>/</c> or a variable. Variables have no defaults yet.</param>
/// <param name="Target">Where it is in the container.</param>
/// <param name="ReadOnly">Nothing may be written there.</param>
internal sealed record ProfileMount(string Source, string Target, bool ReadOnly)
{
    public bool IsPath => Source[0] is '.' or '/' or '$';

    public static ProfileMount Parse(string text, ProfileMap yaml) => text.Split(':') switch
    {
        [{ Length: > 0 } source, { Length: > 0 } target] => new ProfileMount(source, target, ReadOnly: false),
        [{ Length: > 0 } source, { Length: > 0 } target, "ro"] => new ProfileMount(source, target, ReadOnly: true),
        _ => throw yaml.Wrong($"'{text}' is not a volume; write SOURCE:TARGET or SOURCE:TARGET:ro"),
    };
}
