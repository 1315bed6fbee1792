extern alias compose;

using compose::Platform.Compose.Manifest;
using compose::Platform.Compose.Output;
using compose::Platform.Compose.Profiles;

namespace Platform.Tests.Compose.Output;

/// <summary>A manifest and a profile of a test's own.</summary>
internal static class GraphFixture
{
    private const string Head = """
        environment: test
        project: platform-{environment}
        output: docker-compose.test.yml
        needs: needs.tsv
        secrets: secrets
        images: { name: "made-{project}:1", dockerfile: Dockerfile }
        omit: ["*_URI", "*_JDBCCONNECTIONSTRING", "DEFAULT_*"]
        optional_secrets: [bucket]
        generated_secrets: { made: "12" }
        rendered_secrets: { header: "x-key={made}" }
        networks: { inside: { internal: true } }
        variables:
          USER_ID: { default: "1000", about: Who runs it }
          DATA_DIR: { default: ./data, about: Where it lies }
        services:

        """;

    private const string Service = """
            networks: [inside]
            restart: unless-stopped
            stop_grace_period: 40s
            user: "${USER_ID}:1000"
            pids: 100
            logs: { size: 1m, files: "2" }
            limits: { cpus: "1", memory: 64M }
            reservations: { cpus: "0.1", memory: 16M }

        """;

    /// <summary>A profile with these services, each with what is needed and what else is said, as lines of YAML.</summary>
    public static Profile Profile(params IEnumerable<(string Name, string More)> services)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Reaper.Folder, Guid.NewGuid().ToString("N")));
        File.WriteAllText(
            Path.Combine(folder.FullName, "test.yaml"),
            Head + string.Concat(services.Select(service => $"  {service.Name}:\n{Service}{string.Concat(service.More.Split('\n').Select(line => $"    {line}\n"))}")));
        return new ProfileFile(folder.FullName).Read("test") ?? throw new InvalidOperationException("The profile has no environment.");
    }

    /// <summary>The compose file and the table of needs.</summary>
    public static (ComposeFile Compose, string Needs) Write(string manifest, Profile profile)
    {
        var files = OutputFiles.Of(ManifestReader.Read(manifest), profile).ToList();
        return (ComposeFile.Parse(files[0].Text), files[1].Text);
    }
}
