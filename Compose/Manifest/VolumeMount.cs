namespace Platform.Compose.Manifest;

/// <summary>A volume or a folder of the machine inside a container.</summary>
/// <param name="Source">The volume's name, or the folder's path relative to the manifest.</param>
/// <param name="Target">Where it is in the container.</param>
/// <param name="ReadOnly">Nothing may be written there.</param>
internal sealed record VolumeMount(string Source, string Target, bool ReadOnly);
