using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Platform.Tests.Compose;

public sealed partial class SystemdUnitTests
{
    // What only a container has, or what lies elsewhere without one.
    private static readonly HashSet<string> OfContainers = ["HTTP_PORTS", "LOG_LEVEL", "DAILY_TOKEN_CEILING", "LOGS_DIR", "TRUSTED_PROXIES"];

    // For the dashboard that runs in a container.
    private const string OtlpHeaders = "otlp-headers";

    public static TheoryData<string> Services => ["api", "worker", "web", "migrate"];

    [Theory]
    [MemberData(nameof(Services))]
    public void Unit_BesideTheComposeFile_HasItsLimits(string service)
    {
        var cpus = decimal.Parse(ComposeFile.Production.Value(service, "deploy", "resources", "limits", "cpus"), CultureInfo.InvariantCulture);

        Assert.Equal(ComposeFile.Production.Value(service, "deploy", "resources", "limits", "memory"), Value(service, "MemoryMax"));
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"{cpus * 100:0}%"), Value(service, "CPUQuota"));
        Assert.Equal(ComposeFile.Production.Value(service, "pids_limit"), Value(service, "TasksMax"));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Unit_BesideTheComposeFile_SetsItsVariables(string service)
    {
        var set = string.Join(' ', Lines(service).Where(line => line.StartsWith("Environment=", StringComparison.Ordinal)));

        var missing = ((YamlMappingNode)ComposeFile.Production.Services[service]["environment"]).Children.Keys.Select(name => name.ToString())
            .Where(name => !OfContainers.Contains(name) && !Regex.IsMatch(set, $"[= ]{name}="));
        Assert.Empty(missing);
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Unit_BesideTheComposeFile_HasItsSecretsAndNoOthers(string service) =>
        Assert.Equal(
            ComposeFile.Production.List(service, "secrets").Where(secret => secret != OtlpHeaders).Order(StringComparer.Ordinal),
            Lines(service).Select(line => Credential().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Services))]
    public void Unit_BesideTheOthers_IsFencedAlike(string service)
    {
        var fences = Fences(service);

        Assert.Contains("ProtectSystem=strict", fences);
        Assert.Contains("NoNewPrivileges=yes", fences);
        Assert.Equal(Fences("api"), fences);
    }

    private static string Value(string service, string key) => Lines(service).Single(line => line.StartsWith($"{key}=", StringComparison.Ordinal))[(key.Length + 1)..];

    private static List<string> Fences(string service) =>
        [.. Lines(service).SkipWhile(line => !line.StartsWith("# Hardening", StringComparison.Ordinal)).TakeWhile(line => line.Length > 0)];

    private static string[] Lines(string service) => File.ReadAllLines(Repository.PathOf("deploy", "systemd", $"platform-{service}.service"));

    [GeneratedRegex("^LoadCredential=([a-z-]+):/etc/platform/secrets/\\1$")]
    private static partial Regex Credential();
}
