using Platform.Compose.Manifest;
using Platform.Compose.Profiles;
using Platform.Compose.Values;
using YamlDotNet.RepresentationModel;

namespace Platform.Compose.Output;

/// <summary>Writes the compose file of a profile.</summary>
/// <param name="manifest">What runs.</param>
/// <param name="profile">How.</param>
/// <param name="needs">Takes what the machine must have first.</param>
internal sealed class ComposeWriter(AppManifest manifest, Profile profile, HostNeeds needs)
{
    /// <exception cref="ComposeException">It cannot be done; the message names the resource or the profile.</exception>
    public string Write()
    {
        var writer = new ServiceWriter(manifest, profile, new ManifestValues(manifest, profile.VariablePrefix), needs);
        var services = Services().ToDictionary(name => name, writer.Write);
        var root = new YamlMappingNode
        {
            { "name", Scalars.Text(profile.Project) },
            { "services", Sorted(services) },
            { "networks", Sorted(profile.Networks.ToDictionary(network => network.Key, network => Network(network.Value))) },
            { "volumes", Sorted(writer.VolumeNames.ToDictionary(name => name, _ => new YamlMappingNode())) },
            { "secrets", Sorted(needs.SecretNames.ToDictionary(name => name, Secret)) },
        };
        return YamlText.Write(Header(), root);
    }

    /// <exception cref="ComposeException">The manifest and the profile do not know the same services.</exception>
    private List<string> Services()
    {
        if (manifest.Services.FirstOrDefault(service => !profile.Services.ContainsKey(service.Name)) is { } missing)
        {
            throw new ComposeException($"Resource '{missing.Name}': the profile '{profile.Name}' has no settings for it; add services.{missing.Name}.");
        }

        return [.. profile.Services.Keys];
    }

    private IEnumerable<string> Header() =>
    [
        $"Written from {RepositoryFolder.ManifestFile} and deploy/profiles/{profile.Name}.yaml; change those and run:",
        $"  dotnet run --project Compose -- --profile {profile.Name}",
        $"Variables come from .env (see .env.example), secrets from {profile.Secrets}/ ({profile.Needs} lists them).",
        .. Path.GetDirectoryName(profile.Output) is { Length: > 0 }
            ? (IEnumerable<string>)["Paths are relative to the repository:", $"  docker compose --project-directory . -f {profile.Output} up -d"]
            : [],
    ];

    private YamlMappingNode Secret(string name) => new() { { "file", Scalars.Text($"./{profile.Secrets}/{name}") } };

    private static YamlMappingNode Network(NetworkProfile network)
    {
        var node = new YamlMappingNode { { "driver", Scalars.Text("bridge") } };
        if (network.IsInternal)
        {
            node.Add("internal", Scalars.Plain("true"));
        }

        if (!network.Masquerades)
        {
            node.Add("driver_opts", new YamlMappingNode { { "com.docker.network.bridge.enable_ip_masquerade", Scalars.Text("false") } });
        }

        return node;
    }

    private static YamlMappingNode Sorted(Dictionary<string, YamlMappingNode> nodes) =>
        new(nodes.OrderBy(node => node.Key, StringComparer.Ordinal).Select(node => KeyValuePair.Create<YamlNode, YamlNode>(Scalars.Text(node.Key), node.Value)));
}
