using YamlDotNet.RepresentationModel;

namespace Platform.Compose.Output;

/// <summary>The order of a service's keys: what it is, what it needs, how it is reached, how it runs; the rest by name.</summary>
internal static class ServiceKeys
{
    private static readonly string[] First =
    [
        "image", "build", "depends_on", "volumes", "secrets", "environment", "env_file", "ports", "networks",
        "command", "entrypoint", "restart", "healthcheck", "logging", "labels", "user",
    ];

    /// <summary>The keys that have a value, in order.</summary>
    public static YamlMappingNode InOrder(Dictionary<string, YamlNode?> keys)
    {
        var node = new YamlMappingNode();
        foreach (var key in First.Concat(keys.Keys.Except(First).Order(StringComparer.Ordinal)))
        {
            if (keys.GetValueOrDefault(key) is { } value)
            {
                node.Add(key, value);
            }
        }

        return node;
    }
}
