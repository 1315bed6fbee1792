using Platform.Compose.Profiles;
using YamlDotNet.RepresentationModel;

namespace Platform.Compose.Output.Unraid;

/// <summary>
/// Templates for Unraid's Docker page, one a service. They are made from the compose file, so that both say the same;
/// docs/unraid.md lists what templates do not support.
/// </summary>
internal static class UnraidTemplates
{
    /// <summary>Those of a profile that asks for them.</summary>
    /// <param name="profile">Whose compose file it is.</param>
    /// <param name="compose">The compose file's text.</param>
    /// <exception cref="ComposeException">It uses a key that templates do not support.</exception>
    public static IEnumerable<OutputFile> Of(Profile profile, string compose)
    {
        if (profile.Unraid is not { } folder)
        {
            yield break;
        }

        var yaml = new YamlStream();
        yaml.Load(new StringReader(compose));
        foreach (var (name, service) in (YamlMappingNode)yaml.Documents[0].RootNode["services"])
        {
            var node = new ServiceNode(name.ToString(), (YamlMappingNode)service);
            if (!node.IsOptional)
            {
                yield return new OutputFile($"{folder}/{profile.Project}-{name}.xml", new UnraidTemplate(profile, node).Write());
            }
        }
    }
}
