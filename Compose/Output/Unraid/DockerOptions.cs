using System.Text.RegularExpressions;

namespace Platform.Compose.Output.Unraid;

/// <summary>How a service runs, as options of <c>docker create</c>: a template's field ExtraParams, which a shell reads.</summary>
internal static partial class DockerOptions
{
    /// <summary>The compose keys that become options.</summary>
    public static readonly IReadOnlyList<string> Keys =
    [
        "user", "pids_limit", "shm_size", "oom_score_adj", "read_only", "tmpfs", "cap_drop", "cap_add", "security_opt", "init", "restart", "stop_grace_period", "logging",
        "labels", "healthcheck", "entrypoint",
    ];

    public static string Of(ServiceNode service)
    {
        IEnumerable<(string Option, string? Value)> options =
        [
            ("--network-alias", service.Name),
            ("--user", service.Text("user")),
            ("--cpus", service.Text("deploy", "resources", "limits", "cpus")),
            ("--memory", service.Text("deploy", "resources", "limits", "memory")),
            ("--memory-reservation", service.Text("deploy", "resources", "reservations", "memory")),
            ("--pids-limit", service.Text("pids_limit")),
            ("--shm-size", service.Text("shm_size")),
            ("--oom-score-adj", service.Text("oom_score_adj")),
            .. Each("--tmpfs", service.Texts("tmpfs")),
            .. Each("--cap-drop", service.Texts("cap_drop")),
            .. Each("--cap-add", service.Texts("cap_add")),
            .. Each("--security-opt", service.Texts("security_opt")),
            ("--restart", service.Text("restart")),
            ("--stop-timeout", service.Text("stop_grace_period")?.TrimEnd('s')),
            ("--log-driver", service.Text("logging", "driver")),
            ("--log-opt", $"max-size={service.Text("logging", "options", "max-size")}"),
            ("--log-opt", $"max-file={service.Text("logging", "options", "max-file")}"),
            // Unraid labels what it manages by itself.
            .. Each("--label", service.Entries("labels").Where(label => !label.Key.StartsWith("net.unraid.", StringComparison.Ordinal)).Select(label => $"{label.Key}={label.Value}")),
            ("--health-cmd", HealthCommand(service.Texts("healthcheck", "test"))),
            ("--health-interval", service.Text("healthcheck", "interval")),
            ("--health-timeout", service.Text("healthcheck", "timeout")),
            ("--health-retries", service.Text("healthcheck", "retries")),
            ("--health-start-period", service.Text("healthcheck", "start_period")),
            .. Each("--entrypoint", service.Texts("entrypoint")),
        ];
        var flags = new[] { ("--read-only", "read_only"), ("--init", "init") }.Where(flag => service.Text(flag.Item2) == "true").Select(flag => flag.Item1);
        return string.Join(' ', [.. flags, .. options.Where(option => option.Value is not null).Select(option => $"{option.Option} {Quoted(option.Value ?? "")}")]);
    }

    /// <summary>A word for a shell.</summary>
    public static string Quoted(string word) => IsPlain().IsMatch(word) ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static IEnumerable<(string Option, string? Value)> Each(string option, IEnumerable<string> values) => values.Select(value => (option, (string?)value));

    /// <summary>The command line takes a shell's script only.</summary>
    private static string? HealthCommand(IReadOnlyList<string> test) => test switch
    {
        ["CMD", ..] => string.Join(' ', test.Skip(1).Select(Quoted)),
        ["CMD-SHELL", var script] => script,
        _ => null,
    };

    [GeneratedRegex("^[A-Za-z0-9_./:=,@%+-]+$")]
    private static partial Regex IsPlain();
}
