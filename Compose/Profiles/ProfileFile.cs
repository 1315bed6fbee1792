using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Platform.Compose.Profiles;

/// <summary>Reads <c>deploy/profiles/NAME.yaml</c> with what it extends, and puts the environment's name where <c>{environment}</c> stands.</summary>
/// <param name="folder">The folder of profiles.</param>
internal sealed class ProfileFile(string folder)
{
    private const string ExtendsKey = "extends";
    private const string EnvironmentKey = "environment";
    private const int MaxDepth = 8;

    /// <summary>The names of the profiles that lie in the folder, in order.</summary>
    public IReadOnlyList<string> Names =>
        [.. Directory.EnumerateFiles(folder, "*.yaml").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    /// <summary>The profile; null when it is only there to be extended, which is one without an environment.</summary>
    /// <exception cref="ComposeException">It does not exist, or something in it is not understood.</exception>
    public Profile? Read(string name)
    {
        var yaml = LoadExtended(name, depth: 0);
        if (!yaml.Children.TryGetValue(new YamlScalarNode(EnvironmentKey), out var environment))
        {
            return null;
        }

        var named = (YamlMappingNode)YamlTree.Rewrite(yaml, text => text
            .Replace("{environment}", environment.ToString(), StringComparison.Ordinal)
            .Replace("{ENVIRONMENT}", environment.ToString().ToUpperInvariant(), StringComparison.Ordinal));
        return Profile.Read(name, new ProfileMap(name, "", named));
    }

    private YamlMappingNode LoadExtended(string name, int depth)
    {
        var yaml = Load(name);
        if (!yaml.Children.Remove(new YamlScalarNode(ExtendsKey), out var parent))
        {
            return yaml;
        }

        return depth > MaxDepth
            ? throw new ComposeException($"Profile '{name}': profiles extend each other in a cycle.")
            : YamlTree.Merge(LoadExtended(parent.ToString(), depth + 1), yaml);
    }

    private YamlMappingNode Load(string name)
    {
        var path = Path.Combine(folder, $"{name}.yaml");
        if (!File.Exists(path))
        {
            throw new ComposeException($"Profile '{name}': there is no {path}; there are {string.Join(", ", Names)}.");
        }

        try
        {
            using var reader = File.OpenText(path);
            var stream = new YamlStream();
            stream.Load(reader);
            return stream.Documents.Count == 1 && stream.Documents[0].RootNode is YamlMappingNode map
                ? map
                : throw new ComposeException($"Profile '{name}': it must be a mapping.");
        }
        catch (YamlException exception)
        {
            throw new ComposeException($"Profile '{name}': line {exception.Start.Line}: {exception.Message}", exception);
        }
    }
}
