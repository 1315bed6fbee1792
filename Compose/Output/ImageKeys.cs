using Platform.Compose.Manifest;
using Platform.Compose.Profiles;
using Platform.Compose.Values;
using YamlDotNet.RepresentationModel;

namespace Platform.Compose.Output;

/// <summary>Which image a service runs, and what it is built from.</summary>
internal static class ImageKeys
{
    /// <exception cref="ComposeException">There is no image.</exception>
    public static void Add(
        Dictionary<string, YamlNode?> keys,
        ServiceResource? resource,
        AppManifest manifest,
        Profile profile,
        ServiceProfile run,
        ManifestValues values,
        HostNeeds needs)
    {
        var image = run.Image ?? resource switch
        {
            ProjectResource project => profile.Images.ImageOf(project.Path),
            ContainerResource { Image: { } pulled } => pulled,
            ContainerResource built => profile.Images.ImageOf(built.Name),
            _ => throw new ComposeException($"Profile '{profile.Name}': a service that is not in the manifest needs an image."),
        };
        keys["image"] = Scalars.Text(profile.Variables.Expand(image));
        keys["build"] = resource switch
        {
            ProjectResource project when BuildsImage(project, manifest) => ProjectBuild(project, profile),
            ContainerResource { Build: { } build } => ContainerBuild(resource.Name, build, run, values, needs),
            _ => null,
        };
        if (resource is ProjectResource or ContainerResource { Build: not null })
        {
            // No registry has it: it is built on the server.
            keys["pull_policy"] = Scalars.Text("never");
        }
    }

    /// <summary>Of several services from one project, the one without arguments builds their image.</summary>
    private static bool BuildsImage(ProjectResource project, AppManifest manifest)
    {
        var same = manifest.Resources.OfType<ProjectResource>().Where(other => other.Path == project.Path).ToList();
        return project == (same.Find(other => other.Arguments.Count == 0) ?? same[0]);
    }

    private static YamlMappingNode ProjectBuild(ProjectResource project, Profile profile) => new()
    {
        { "context", Scalars.Text(".") },
        { "dockerfile", Scalars.Text(profile.Images.Dockerfile) },
        { "target", Scalars.Text(ProjectImages.TargetOf(project.Path)) },
        {
            "args",
            Scalars.Map(profile.Images.Arguments.Select(argument => KeyValuePair.Create(argument.Key, profile.Variables.Expand(argument.Value)))) ?? new YamlMappingNode()
        },
    };

    private static YamlMappingNode ContainerBuild(string name, ContainerBuild build, ServiceProfile run, ManifestValues values, HostNeeds needs)
    {
        var node = new YamlMappingNode
        {
            { "context", Scalars.Text(ManifestPath.InCompose(build.Context)) },
            { "dockerfile", Scalars.Text(ManifestPath.Relative(build.Context, build.Dockerfile)) },
        };
        if (build.Stage is { } stage)
        {
            node.Add("target", Scalars.Text(stage));
        }

        if (Scalars.Map(build.Arguments.Select(argument => KeyValuePair.Create(argument.Key, Plain(name, argument.Key, values.Resolve(name, argument.Value))))) is { } arguments)
        {
            node.Add("args", arguments);
        }

        if (build.Secrets.Count > 0)
        {
            node.Add("secrets", new YamlSequenceNode(build.Secrets.Select(secret => new YamlMappingNode
            {
                { "source", Scalars.Text(needs.AddSecret(name, secret.Key, secret.Value, values.Resolve(name, secret.Value), run.Group)) },
                { "target", Scalars.Text(secret.Key) },
            })));
        }

        return node;
    }

    private static string Plain(string name, string key, ResolvedValue value) =>
        value.IsSecret ? throw new ComposeException($"Resource '{name}': the build argument {key} contains a secret, which the image would show.") : value.ToComposeText();
}
