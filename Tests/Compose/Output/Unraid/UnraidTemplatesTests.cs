extern alias compose;

using System.Xml.Linq;
using compose::Platform.Compose;
using compose::Platform.Compose.Output.Unraid;
using YamlDotNet.RepresentationModel;

namespace Platform.Tests.Compose.Output.Unraid;

public sealed class UnraidTemplatesTests
{
    private const string Home = "/mnt/user/appdata/platform";

    public static TheoryData<string> Services => [.. ComposeFile.Production.Services.Keys.Where(name => name is not ("caddy" or "dashboard"))];

    [Fact]
    public void Templates_Counted_AreOneForEachServiceThatAlwaysRuns() =>
        Assert.Equal(
            Services.Select(row => $"platform-production-{row.Data}.xml").Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(Repository.PathOf("deploy", "unraid"), "*.xml").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Services))]
    public void Template_BesideTheComposeFile_HasItsVariables(string service) =>
        Assert.Equal(
            ((YamlMappingNode)ComposeFile.Production.Services[service]["environment"]).Children.Keys
                .Select(name => $"{name}={ComposeFile.Production.Value(service, "environment", name.ToString())}"),
            Configs(service, "Variable").Select(variable => $"{variable.Attribute("Target")?.Value}={variable.Value}"));

    [Theory]
    [MemberData(nameof(Services))]
    public void Template_BesideTheComposeFile_HasItsSecretsAsReadOnlyFiles(string service) =>
        Assert.Equal(
            ComposeFile.Production.List(service, "secrets").Select(secret => $"{Home}/deploy/secrets/production/{secret}:/run/secrets/{secret}:ro"),
            Configs(service, "Path").Select(Mount).Where(mount => mount.Contains("/run/secrets/", StringComparison.Ordinal)));

    [Theory]
    [MemberData(nameof(Services))]
    public void Template_BesideTheComposeFile_HasItsPorts(string service) =>
        Assert.Equal(
            ComposeFile.Production.Ports(service).Select(port => port.Replace("127.0.0.1:", "", StringComparison.Ordinal)),
            Configs(service, "Port").Select(port => $"{port.Value}:{port.Attribute("Target")?.Value}"));

    [Theory]
    [MemberData(nameof(Services))]
    public void Template_BesideTheComposeFile_HasItsLimitsAndFences(string service)
    {
        var options = $" {Template(service).Element("ExtraParams")?.Value} ";

        foreach (var option in (string[])
        [
            $"--memory {ComposeFile.Production.Value(service, "deploy", "resources", "limits", "memory")}",
            $"--cpus {ComposeFile.Production.Value(service, "deploy", "resources", "limits", "cpus")}",
            $"--pids-limit {ComposeFile.Production.Value(service, "pids_limit")}",
            $"--stop-timeout {ComposeFile.Production.Value(service, "stop_grace_period").TrimEnd('s')}",
            $"--network-alias {service}",
            "--read-only", "--init", "--cap-drop ALL", "--security-opt no-new-privileges:true",
        ])
        {
            Assert.Contains($" {option} ", options, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Template_OfAHost_RunsAsUnraidsOwnUserWithItsFoldersInAppdata()
    {
        Assert.Contains(" --user 99:100 ", Template("worker").Element("ExtraParams")?.Value, StringComparison.Ordinal);
        Assert.Equal(
            [$"{Home}/config:/config:ro", $"{Home}/logs/production:/logs:ro", $"{Home}/backups/production:/backups:rw", $"{Home}/volumes/worker-files:/var/tmp:rw"],
            Configs("worker", "Path").Select(Mount).Take(4));
    }

    [Fact]
    public void Template_OfRedis_StartsItInOneLineThatUnraidDoesNotChange()
    {
        var arguments = Template("redis").Element("PostArgs")?.Value ?? "";

        // Unraid takes markup out of every field and joins lines.
        Assert.DoesNotContain('<', arguments);
        Assert.DoesNotContain('\n', arguments);
        Assert.Contains("exec redis-server /tmp/redis.conf --save 60 1000", arguments, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_KeyThatNoTemplateKnows_IsAnErrorThatNamesIt()
    {
        var profile = new compose::Platform.Compose.Profiles.ProfileFile(Repository.PathOf("deploy", "profiles")).Read("production");

        var exception = Assert.Throws<ComposeException>(() => UnraidTemplates.Of(profile!, "services: { api: { image: a, devices: [b] } }").ToList());

        Assert.Contains("'devices'", exception.Message, StringComparison.Ordinal);
    }

    private static XElement Template(string service) => XElement.Load(Repository.PathOf("deploy", "unraid", $"platform-production-{service}.xml"));

    private static IEnumerable<XElement> Configs(string service, string type) => Template(service).Elements("Config").Where(config => config.Attribute("Type")?.Value == type);

    private static string Mount(XElement path) => $"{path.Value}:{path.Attribute("Target")?.Value}:{path.Attribute("Mode")?.Value}";
}
