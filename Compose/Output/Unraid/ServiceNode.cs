using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Platform.Compose.Output.Unraid;

/// <summary>A service of a compose file, with the <c>.env</c> values for Unraid.</summary>
/// <param name="name">The service.</param>
/// <param name="yaml">Its keys.</param>
internal sealed partial class ServiceNode(string name, YamlMappingNode yaml)
{
    /// <summary>The user and group that own appdata on Unraid, nobody and users.</summary>
    private static readonly Dictionary<string, string> Settings = new() { ["PUID"] = "99", ["PGID"] = "100" };

    public string Name => name;

    /// <summary>It runs only when it is asked for.</summary>
    public bool IsOptional => Find("profiles") is not null;

    public IEnumerable<string> Keys => yaml.Children.Keys.Select(key => key.ToString());

    /// <summary>The text at a path of keys; null when there is none.</summary>
    public string? Text(params string[] path) => Find(path) is { } node ? Value(node) : null;

    /// <summary>The items of a list of texts; none when there is no list.</summary>
    public IReadOnlyList<string> Texts(params string[] path) => [.. Items(path).Select(Value)];

    /// <summary>The items of a list; none when there is no list.</summary>
    public IEnumerable<YamlNode> Items(params string[] path) => Find(path) as YamlSequenceNode ?? [];

    /// <summary>The entries of a mapping to texts, in order; none when there is no mapping.</summary>
    public IEnumerable<KeyValuePair<string, string>> Entries(string key) =>
        (Find(key) as YamlMappingNode ?? []).Select(entry => KeyValuePair.Create(entry.Key.ToString(), Value(entry.Value)));

    /// <summary>A text without compose's marks: variables as they are here, dollars single.</summary>
    public static string Value(YamlNode node) => Variable().Replace(node.ToString(), match =>
        match.Value == "$$" ? "$" : Settings.GetValueOrDefault(match.Groups["name"].Value, match.Groups["default"].Value));

    private YamlNode? Find(params string[] path)
    {
        YamlNode? node = yaml;
        foreach (var key in path)
        {
            node = (node as YamlMappingNode)?.Children.TryGetValue(new YamlScalarNode(key), out var child) is true ? child : null;
        }

        return node;
    }

    [GeneratedRegex("""\$\$|\$\{(?<name>[A-Z0-9_]+):-(?<default>[^}]*)\}""")]
    private static partial Regex Variable();
}
