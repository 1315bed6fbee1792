using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Platform.Tests.Compose;

/// <summary>A compose file as a reader of YAML sees it.</summary>
internal sealed partial class ComposeFile
{
    private ComposeFile(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        Text = text;
        Root = (YamlMappingNode)stream.Documents[0].RootNode;
    }

    public static ComposeFile Production { get; } = Committed("docker-compose.prod.yml");

    public static ComposeFile Staging { get; } = Committed("docker-compose.staging.yml");

    public string Text { get; }

    public YamlMappingNode Root { get; }

    /// <summary>Services with their nodes.</summary>
    public IReadOnlyDictionary<string, YamlMappingNode> Services =>
        Map("services").Children.ToDictionary(entry => entry.Key.ToString(), entry => (YamlMappingNode)entry.Value);

    public static ComposeFile Parse(string text) => new(text);

    public static ComposeFile Committed(string path) => new(File.ReadAllText(Repository.PathOf(path)));

    public YamlMappingNode Map(string key) => (YamlMappingNode)Root[key];

    /// <summary>A value of a service, its variables at their defaults; items of lists go by their number.</summary>
    public string Value(string service, params string[] path) => Defaults(path.Aggregate((YamlNode)Services[service], Child).ToString());

    /// <summary>A list of a service; empty when it has none.</summary>
    public IReadOnlyList<string> List(string service, string key) =>
        Services[service].Children.TryGetValue(new YamlScalarNode(key), out var list) ? [.. ((YamlSequenceNode)list).Select(item => Defaults(item.ToString()))] : [];

    /// <summary>What a service publishes, as <c>address:port:target</c>.</summary>
    public IReadOnlyList<string> Ports(string service) =>
        Services[service].Children.TryGetValue(new YamlScalarNode("ports"), out var ports)
            ? [.. ((YamlSequenceNode)ports).Select(port => Defaults($"{port["host_ip"]}:{port["published"]}:{port["target"]}"))]
            : [];

    /// <summary>The memory that a service may take, in bytes, for all its replicas.</summary>
    public long MemoryBytes(string service)
    {
        var text = Value(service, "deploy", "resources", "limits", "memory");
        var deploy = (YamlMappingNode)Services[service]["deploy"];
        var replicas = deploy.Children.TryGetValue(new YamlScalarNode("replicas"), out var count) ? int.Parse(count.ToString(), CultureInfo.InvariantCulture) : 1;
        return replicas * long.Parse(text[..^1], CultureInfo.InvariantCulture) << (text[^1] == 'G' ? 30 : 20);
    }

    private static YamlNode Child(YamlNode node, string key) => node is YamlSequenceNode list ? list[int.Parse(key, CultureInfo.InvariantCulture)] : node[key];

    private static string Defaults(string text) => Variable().Replace(text, "$1");

    [GeneratedRegex("""\$\{[A-Z_]+:-([^}]*)\}""")]
    private static partial Regex Variable();
}
