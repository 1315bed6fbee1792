using System.Xml.Linq;
using Platform.Compose.Profiles;
using YamlDotNet.RepresentationModel;

namespace Platform.Compose.Output.Unraid;

/// <summary>Writes one service as Unraid's Docker page writes its templates.</summary>
/// <param name="profile">Whose service it is.</param>
/// <param name="service">The service in the compose file.</param>
internal sealed class UnraidTemplate(Profile profile, ServiceNode service)
{
    /// <summary>Where the repository lies, and with it configuration, secrets and backups.</summary>
    private const string Home = "/mnt/user/appdata/platform";

    /// <summary>A template names one network only; its containers find each other by the names of their services.</summary>
    private const string Network = "platform";

    private const string WebUiLabel = "net.unraid.docker.webui";

    private static readonly HashSet<string> Understood =
    [
        .. DockerOptions.Keys, "image", "volumes", "secrets", "environment", "ports", "command",
        // Not supported by templates; docs/unraid.md describes the alternative.
        "build", "depends_on", "env_file", "networks", "pull_policy", "deploy",
    ];

    /// <exception cref="ComposeException">The service has a key that no template is known for.</exception>
    public string Write()
    {
        if (service.Keys.FirstOrDefault(key => !Understood.Contains(key)) is { } unknown)
        {
            throw new ComposeException($"Service '{service.Name}': '{unknown}' cannot be written in an Unraid template.");
        }

        var container = new XElement(
            "Container",
            new XAttribute("version", 2),
            new XElement("Name", $"{profile.Project}-{service.Name}"),
            new XElement("Repository", service.Text("image")),
            new XElement("Network", Network),
            new XElement("Shell", "sh"),
            new XElement("Privileged", "false"),
            new XElement("Overview", $"Service {service.Name} of {profile.Project}. Setup and start order: docs/unraid.md."),
            new XElement("Category", "Tools:"),
            new XElement("WebUI", service.Entries("labels").FirstOrDefault(label => label.Key == WebUiLabel).Value),
            new XElement("ExtraParams", DockerOptions.Of(service)),
            new XElement("PostArgs", string.Join(' ', service.Texts("command").Select(argument => DockerOptions.Quoted(RedisCommand.OnOneLine(argument))))),
            Ports().Concat(Folders()).Concat(Secrets()).Concat(Variables()));
        return $"<?xml version=\"1.0\"?>\n<!-- Written from {profile.Output} by Compose, for docs/unraid.md -->\n{container}\n".ReplaceLineEndings("\n");
    }

    private IEnumerable<XElement> Ports() => service.Items("ports").Select(port => (Target: ServiceNode.Value(port["target"]), Published: ServiceNode.Value(port["published"])))
        .Select(port => Config("Port", $"Port {port.Target}", port.Target, port.Published, "tcp", "always"));

    private IEnumerable<XElement> Folders() => service.Items("volumes").Cast<YamlMappingNode>().Select(mount => Config(
        "Path",
        $"Folder {mount["target"]}",
        ServiceNode.Value(mount["target"]),
        PlaceOf(mount),
        mount.Children.ContainsKey(new YamlScalarNode("read_only")) ? "ro" : "rw",
        "always"));

    private IEnumerable<XElement> Secrets() => service.Texts("secrets")
        .Select(secret => Config("Path", $"Secret {secret}", $"/run/secrets/{secret}", $"{Home}/{profile.Secrets}/{secret}", "ro", "advanced"));

    private IEnumerable<XElement> Variables() => service.Entries("environment").Select(variable => Config("Variable", variable.Key, variable.Key, variable.Value, "", "advanced"));

    /// <summary>Folders of the repository stay in it; a volume, which Docker would keep in its image file, becomes a folder.</summary>
    private static string PlaceOf(YamlMappingNode mount)
    {
        var source = ServiceNode.Value(mount["source"]);
        return mount["type"].ToString() == "volume" ? $"{Home}/volumes/{source}" : source.StartsWith("./", StringComparison.Ordinal) ? $"{Home}{source[1..]}" : source;
    }

    private static XElement Config(string type, string name, string target, string value, string mode, string display) => new(
        "Config",
        new XAttribute("Name", name),
        new XAttribute("Target", target),
        new XAttribute("Default", value),
        new XAttribute("Mode", mode),
        new XAttribute("Description", ""),
        new XAttribute("Type", type),
        new XAttribute("Display", display),
        new XAttribute("Required", type == "Variable" ? "false" : "true"),
        new XAttribute("Mask", "false"),
        value);
}
