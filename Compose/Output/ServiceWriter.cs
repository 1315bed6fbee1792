using System.Globalization;
using Platform.Compose.Manifest;
using Platform.Compose.Profiles;
using Platform.Compose.Values;
using YamlDotNet.RepresentationModel;

namespace Platform.Compose.Output;

/// <summary>Writes one service from its manifest resource and its profile.</summary>
/// <param name="manifest">Where the service may be described.</param>
/// <param name="profile">How it runs.</param>
/// <param name="values">What the manifest's expressions come to.</param>
/// <param name="needs">Takes what the machine must have first.</param>
internal sealed class ServiceWriter(AppManifest manifest, Profile profile, ManifestValues values, HostNeeds needs)
{
    private readonly SortedSet<string> _volumes = new(StringComparer.Ordinal);

    /// <summary>The named volumes of the services written so far.</summary>
    public IReadOnlyCollection<string> VolumeNames => _volumes;

    /// <exception cref="ComposeException">It cannot be done; the message names the resource.</exception>
    public YamlMappingNode Write(string name)
    {
        var run = profile.Services[name];
        var resource = manifest.Find(name) as ServiceResource;
        var environment = new ServiceEnvironment(profile, values, needs).Of(name, resource, run);
        var keys = new Dictionary<string, YamlNode?>
        {
            ["depends_on"] = DependsOn(name, run),
            ["volumes"] = Volumes(resource, run),
            ["secrets"] = Secrets(name, run, environment),
            ["environment"] = Scalars.Map(environment.Variables),
            ["env_file"] = SettingsFiles(run),
            ["ports"] = Ports(name, resource, run),
            ["networks"] = Networks(name, run),
            ["restart"] = Scalars.Text(run.Restart),
            ["healthcheck"] = run.Health is { } health ? HealthNode(health) : null,
            ["logging"] = Logging(run.Logs),
            ["labels"] = Scalars.Map(run.Labels.Select(Expanded)),
            ["user"] = Scalars.Text(profile.Variables.Expand(run.User)),
            ["profiles"] = run.Optional ? Scalars.List([name]) : null,
            ["oom_score_adj"] = run.OomScore is { } score ? Scalars.Number(score) : null,
            ["shm_size"] = run.ShmSize is { } size ? Scalars.Text(size) : null,
            ["stop_grace_period"] = Scalars.Text(run.StopGracePeriod),
            ["tmpfs"] = Scalars.List(run.Tmpfs),
            ["deploy"] = Deploy(run),
        };
        ImageKeys.Add(keys, resource, manifest, profile, run, values, needs);
        CommandKeys.Add(keys, resource, run, values, environment);
        Hardening.Add(keys, run);
        return ServiceKeys.InOrder(keys);
    }

    private YamlMappingNode? DependsOn(string name, ServiceProfile run)
    {
        if (run.DependsOn.Keys.FirstOrDefault(other => !profile.Services.ContainsKey(other)) is { } unknown)
        {
            throw new ComposeException($"Profile '{profile.Name}': services.{name} depends on '{unknown}', which is not in this profile.");
        }

        var nodes = run.DependsOn.OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => KeyValuePair.Create<YamlNode, YamlNode>(entry.Key, new YamlMappingNode { { "condition", Scalars.Text(entry.Value) } }));
        return run.DependsOn.Count == 0 ? null : new YamlMappingNode(nodes);
    }

    private YamlSequenceNode? Secrets(string name, ServiceProfile run, ResolvedEnvironment environment)
    {
        // A file that is named like its secret needs no more than that name.
        var named = run.SecretFiles.ToLookup(file => file.Key == file.Value, file => (File: file.Key, Secret: needs.AddNamed(name, file.Value, run.Group)));
        List<YamlNode> nodes =
        [
            .. environment.Secrets.Concat(named[true].Select(file => file.Secret)).Order(StringComparer.Ordinal).Select(Scalars.Text),
            .. named[false].Select(file => new YamlMappingNode { { "source", Scalars.Text(file.Secret) }, { "target", Scalars.Text(file.File) } }),
        ];
        return nodes.Count == 0 ? null : new YamlSequenceNode(nodes);
    }

    private YamlSequenceNode? SettingsFiles(ServiceProfile run)
    {
        var nodes = run.SettingsFiles.Select(file => new YamlMappingNode { { "path", Scalars.Text(profile.Variables.Expand(file)) }, { "required", Scalars.Plain("false") } });
        return run.SettingsFiles.Count == 0 ? null : new YamlSequenceNode(nodes);
    }

    private YamlSequenceNode? Volumes(ServiceResource? resource, ServiceProfile run)
    {
        var container = resource as ContainerResource;
        IEnumerable<ProfileMount> mounts =
        [
            .. (container?.Volumes ?? []).Select(mount => new ProfileMount(mount.Source, mount.Target, mount.ReadOnly)),
            .. (container?.BindMounts ?? []).Select(mount => new ProfileMount(ManifestPath.InCompose(mount.Source), mount.Target, mount.ReadOnly)),
            .. run.Volumes,
        ];
        var nodes = mounts.Select(mount => Mount(mount, run)).ToList();
        return nodes.Count == 0 ? null : new YamlSequenceNode(nodes);
    }

    private YamlMappingNode Mount(ProfileMount mount, ServiceProfile run)
    {
        var node = new YamlMappingNode
        {
            { "type", Scalars.Text(mount.IsPath ? "bind" : "volume") },
            { "source", Scalars.Text(profile.Variables.Expand(mount.Source)) },
            { "target", Scalars.Text(mount.Target) },
        };
        if (mount.ReadOnly)
        {
            node.Add("read_only", Scalars.Plain("true"));
        }

        if (mount.IsPath)
        {
            // A folder that the engine would make belongs to root; ./platform makes it as it should be.
            node.Add("bind", new YamlMappingNode { { "create_host_path", Scalars.Plain("false") } });
            needs.AddFolder(mount, run);
        }
        else
        {
            _volumes.Add(mount.Source);
        }

        return node;
    }

    private YamlSequenceNode? Ports(string name, ServiceResource? resource, ServiceProfile run)
    {
        var nodes = run.Ports.Select(entry => (Target: TargetPort(name, resource, entry.Key), entry.Value)).OrderBy(port => port.Target)
            .Select(port => new YamlMappingNode
            {
                { "target", Scalars.Number(port.Target) },
                { "published", Scalars.Quoted(profile.Variables.Expand(port.Value.Port)) },
                { "host_ip", Scalars.Text(profile.Variables.Expand(port.Value.Address)) },
            });
        return run.Ports.Count == 0 ? null : new YamlSequenceNode(nodes);
    }

    /// <summary>The port behind a binding's name, or the number itself.</summary>
    private static int TargetPort(string name, ServiceResource? resource, string key) =>
        resource?.Bindings.FirstOrDefault(binding => binding.Name == key) is { } binding ? ManifestValues.PortOf(resource, binding)
        : int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port
        : throw new ComposeException($"Resource '{name}': it has no binding '{key}' to publish.");

    private YamlSequenceNode Networks(string name, ServiceProfile run) =>
        run.Networks.Count > 0 && run.Networks.All(profile.Networks.ContainsKey)
            ? new YamlSequenceNode(run.Networks.Order(StringComparer.Ordinal).Select(Scalars.Text))
            : throw new ComposeException($"Profile '{profile.Name}': services.{name}: networks must name some of {string.Join(", ", profile.Networks.Keys)}.");

    private KeyValuePair<string, string> Expanded(KeyValuePair<string, string> entry) => new(entry.Key, profile.Variables.Expand(entry.Value));

    private static YamlMappingNode HealthNode(HealthCheck health) => new()
    {
        { "test", new YamlSequenceNode(health.Test.Select(Scalars.Text)) },
        { "interval", Scalars.Text(health.Interval) },
        { "timeout", Scalars.Text(health.Timeout) },
        { "retries", Scalars.Number(health.Retries) },
        { "start_period", Scalars.Text(health.StartPeriod) },
    };

    private static YamlMappingNode Logging(LogRotation logs) => new()
    {
        { "driver", Scalars.Text("json-file") },
        { "options", new YamlMappingNode { { "max-size", Scalars.Text(logs.Size) }, { "max-file", Scalars.Quoted(logs.Files) } } },
    };

    private static YamlMappingNode Deploy(ServiceProfile run)
    {
        var deploy = new YamlMappingNode();
        if (run.Replicas != 1)
        {
            deploy.Add("replicas", Scalars.Number(run.Replicas));
        }

        // Compose refuses pids_limit beside limits that do not repeat it.
        var limits = Share(run.Limits);
        limits.Add("pids", Scalars.Number(run.Pids));
        deploy.Add("resources", new YamlMappingNode { { "limits", limits }, { "reservations", Share(run.Reservations) } });
        return deploy;
    }

    private static YamlMappingNode Share(Resources resources) =>
        new() { { "cpus", Scalars.Quoted(resources.Cpus) }, { "memory", Scalars.Text(resources.Memory.Text) } };
}
