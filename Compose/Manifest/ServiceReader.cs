namespace Platform.Compose.Manifest;

/// <summary>Reads the resources that run.</summary>
internal static class ServiceReader
{
    public static ProjectResource Project(ManifestObject json)
    {
        // project.v1 says how another target deploys it, which does not matter here.
        if (json.Object("deployment") is not null && json.Text("type") == "project.v0")
        {
            throw json.Wrong("unknown key 'deployment'");
        }

        return new ProjectResource(json.Resource, json.RequiredText("path"))
        {
            Arguments = json.Expressions("args"),
            Environment = json.ExpressionMap("env"),
            Bindings = Bindings(json),
        };
    }

    public static ContainerResource Container(ManifestObject json)
    {
        var container = new ContainerResource(json.Resource)
        {
            Image = json.Text("image"),
            Build = json.Object("build") is { } build ? Build(build) : null,
            Entrypoint = json.Text("entrypoint"),
            Arguments = json.Expressions("args"),
            Environment = json.ExpressionMap("env"),
            Bindings = Bindings(json),
            Volumes = [.. json.Objects("volumes").Select(item => Mount(item, "name"))],
            BindMounts = [.. json.Objects("bindMounts").Select(item => Mount(item, "source"))],
        };
        return (container.Image is null) != (container.Build is null) ? container : throw json.Wrong("it must have either an image or a build");
    }

    private static ContainerBuild Build(ManifestObject json)
    {
        var build = new ContainerBuild(
            json.RequiredText("context"), json.RequiredText("dockerfile"), json.Text("stage"), json.ExpressionMap("args"), BuildSecrets(json));
        json.End();
        return build;
    }

    private static OrderedDictionary<string, Expression> BuildSecrets(ManifestObject json)
    {
        var secrets = new OrderedDictionary<string, Expression>();
        var entries = json.Object("secrets");
        foreach (var id in entries?.Keys ?? [])
        {
            var secret = entries!.Object(id) ?? throw entries.Wrong($"{id} is missing");
            if (secret.RequiredText("type") is var type and not "env")
            {
                throw secret.Wrong($"unknown type '{type}'");
            }

            secrets[id] = secret.Expression("value") ?? throw secret.Wrong("value is missing");
            secret.End();
        }

        return secrets;
    }

    private static VolumeMount Mount(ManifestObject json, string source)
    {
        var mount = new VolumeMount(json.RequiredText(source), json.RequiredText("target"), json.Flag("readOnly") ?? false);
        json.End();
        return mount;
    }

    private static List<Binding> Bindings(ManifestObject json)
    {
        var bindings = new List<Binding>();
        var entries = json.Object("bindings");
        foreach (var name in entries?.Keys ?? [])
        {
            bindings.Add(ReadBinding(name, entries!.Object(name) ?? throw entries.Wrong($"{name} is missing")));
        }

        return bindings;
    }

    private static Binding ReadBinding(string name, ManifestObject json)
    {
        // Whom the machine shows a port to, and as which, is the profile's business; inside the network only the target counts.
        _ = json.Number("port");
        _ = json.Flag("external");
        _ = json.Text("transport");
        var binding = new Binding(name, json.RequiredText("scheme"), json.RequiredText("protocol"), json.Number("targetPort"));
        json.End();
        return binding.Protocol is "tcp" or "udp" ? binding : throw json.Wrong($"unknown protocol '{binding.Protocol}'");
    }
}
