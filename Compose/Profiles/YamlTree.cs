using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Platform.Compose.Profiles;

/// <summary>Puts trees of YAML together.</summary>
internal static class YamlTree
{
    /// <summary>The base with what lies over it: mappings are joined, everything else is replaced, and <c>~</c> takes away.</summary>
    public static YamlMappingNode Merge(YamlMappingNode below, YamlMappingNode above)
    {
        var merged = new YamlMappingNode(below.Children);
        foreach (var (key, value) in above.Children)
        {
            if (value is YamlScalarNode { Style: ScalarStyle.Plain, Value: "~" })
            {
                merged.Children.Remove(key);
            }
            else
            {
                merged.Children[key] = value is YamlMappingNode over && merged.Children.TryGetValue(key, out var under) && under is YamlMappingNode map
                    ? Merge(map, over)
                    : value;
            }
        }

        return merged;
    }

    /// <summary>The same tree with every text changed, keys too.</summary>
    public static YamlNode Rewrite(YamlNode node, Func<string, string> change) => node switch
    {
        YamlScalarNode scalar => new YamlScalarNode(scalar.Value is null ? null : change(scalar.Value)) { Style = scalar.Style },
        YamlSequenceNode list => new YamlSequenceNode(list.Select(item => Rewrite(item, change))),
        YamlMappingNode map => new YamlMappingNode(
            map.Children.Select(entry => KeyValuePair.Create(Rewrite(entry.Key, change), Rewrite(entry.Value, change)))),
        _ => throw new InvalidOperationException($"No such node: {node.NodeType}"),
    };
}
