namespace Platform.Compose.Profiles;

/// <summary>How one service runs. <c>${NAME}</c> in its texts is a variable of the profile.</summary>
internal sealed record ServiceProfile
{
    /// <summary>Needed for a service that the manifest does not have; replaces the manifest's otherwise.</summary>
    public string? Image { get; init; }

    /// <summary>It runs only when its name is among <c>COMPOSE_PROFILES</c>.</summary>
    public bool Optional { get; init; }

    /// <summary>Services that must be in a state first: <c>service_healthy</c>, <c>service_started</c> or <c>service_completed_successfully</c>.</summary>
    public IReadOnlyDictionary<string, string> DependsOn { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<ProfileMount> Volumes { get; init; } = [];

    /// <summary>Beside the manifest's, and over them.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Secrets beside the manifest's, and over them, by the variable that they are for.</summary>
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = new Dictionary<string, string>();

    /// <summary>Secrets that are read as files, by the file's name in <c>/run/secrets</c>.</summary>
    public IReadOnlyDictionary<string, string> SecretFiles { get; init; } = new Dictionary<string, string>();

    /// <summary>Files with further settings, which need not exist; a later one lies over an earlier one.</summary>
    public IReadOnlyList<string> SettingsFiles { get; init; } = [];

    /// <summary>Ports that the machine shows, by the binding or the port inside.</summary>
    public IReadOnlyDictionary<string, PublishedPort> Ports { get; init; } = new Dictionary<string, PublishedPort>();

    public IReadOnlyList<string> Networks { get; init; } = [];

    /// <summary>Replaces the manifest's value; null keeps it.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>Null for a service without a health check, such as one that exits.</summary>
    public HealthCheck? Health { get; init; }

    public required string Restart { get; init; }

    public required string StopGracePeriod { get; init; }

    public required LogRotation Logs { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary><c>user:group</c>.</summary>
    public required string User { get; init; }

    public IReadOnlyList<string> AddedCapabilities { get; init; } = [];

    /// <summary>Folders in memory, since the rest is read-only.</summary>
    public IReadOnlyList<string> Tmpfs { get; init; } = [];

    public string? ShmSize { get; init; }

    /// <summary>Higher dies first when the machine runs out of memory; null for the engine's default.</summary>
    public int? OomScore { get; init; }

    public int Replicas { get; init; } = 1;

    public required Resources Limits { get; init; }

    public required Resources Reservations { get; init; }

    /// <summary>Processes and threads at once.</summary>
    public required int Pids { get; init; }

    /// <summary>The group that may read the service's secrets.</summary>
    public string Group => User[(User.IndexOf(':', StringComparison.Ordinal) + 1)..];

    /// <exception cref="ComposeException">Something is missing or not understood.</exception>
    public static ServiceProfile Read(string name, ProfileMap yaml)
    {
        var profile = new ServiceProfile
        {
            Image = yaml.Text("image"),
            Optional = yaml.Flag("optional") ?? false,
            DependsOn = yaml.TextMap("depends_on"),
            Volumes = [.. (yaml.Texts("volumes") ?? []).Select(text => ProfileMount.Parse(text, yaml))],
            Environment = yaml.TextMap("environment"),
            Secrets = yaml.TextMap("secrets"),
            SecretFiles = yaml.TextMap("secret_files"),
            SettingsFiles = yaml.Texts("settings_files") ?? [],
            Ports = new OrderedDictionary<string, PublishedPort>(yaml.TextMap("ports").Select(port => KeyValuePair.Create(port.Key, PublishedPort.Parse(port.Value, yaml)))),
            Networks = yaml.Texts("networks") ?? [],
            Command = yaml.Texts("command"),
            Health = yaml.Map("healthcheck") is { } health ? HealthCheck.Read(health) : null,
            Restart = yaml.RequiredText("restart"),
            StopGracePeriod = yaml.RequiredText("stop_grace_period"),
            Logs = LogRotation.Read(yaml.Map("logs") ?? throw yaml.Wrong("logs is missing")),
            Labels = yaml.TextMap("labels"),
            User = yaml.RequiredText("user"),
            AddedCapabilities = yaml.Texts("cap_add") ?? [],
            Tmpfs = yaml.Texts("tmpfs") ?? [],
            ShmSize = yaml.Text("shm_size"),
            OomScore = yaml.Number("oom_score_adj"),
            Replicas = yaml.Number("replicas") ?? 1,
            Limits = Resources.Read(yaml.Map("limits") ?? throw yaml.Wrong($"limits is missing: {name} must have memory and CPU limits")),
            Reservations = Resources.Read(yaml.Map("reservations") ?? throw yaml.Wrong("reservations is missing")),
            Pids = yaml.Number("pids") ?? throw yaml.Wrong("pids is missing"),
        };
        yaml.End();
        return profile;
    }
}
