using System.Diagnostics;
using System.Globalization;

namespace Platform.Tests.Deployment;

/// <summary>
/// This machine as a server: a clone of the repository with production and staging side by side, deployed with <c>./platform</c> from images
/// that are built once. Everything is removed at the end. A machine where somebody else deployed the platform is left alone.
/// </summary>
public sealed class DeploymentMachine : IAsyncLifetime
{
    private static readonly string[] Hosts = ["api", "worker", "web"];
    private static readonly TimeSpan PatienceWithCommand = TimeSpan.FromMinutes(12);

    private string? _missing;

    internal DeployedEnvironment Production { get; private set; } = null!;

    internal DeployedEnvironment Staging { get; private set; } = null!;

    /// <summary>The clone; at the same place in every run, so that what a killed run left behind is known to be ours.</summary>
    internal string Folder { get; } = Path.Combine(Path.GetTempPath(), "platform-deployment-tests");

    public async ValueTask InitializeAsync()
    {
        _missing = await DockerEngine.WhyMissingAsync() ?? await WhoseDeploymentAsync();
        if (_missing is not null)
        {
            return;
        }

        await RemoveAllAsync();
        await CloneAsync();
        Production = new DeployedEnvironment(this, "production", 8080, 3847);
        Staging = new DeployedEnvironment(this, "staging", 8081, 3848);
        foreach (var environment in (DeployedEnvironment[])[Staging, Production])
        {
            var deployed = await PlatformAsync("deploy", environment.Name, "--yes");
            Assert.True(deployed.ExitCode == 0, deployed.Output);
            environment.DeployedVersion = await environment.VersionAsync();
            DeploymentFigures.Add($"first deployment of {environment.Name}, images built: {deployed.Took.TotalSeconds:0} s");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_missing is null && Environment.GetEnvironmentVariable("PLATFORM_KEEP_DEPLOYMENT") is not "true")
        {
            await RemoveAllAsync();
        }
    }

    /// <summary>Skips the test where nothing can be deployed, and makes sure that both environments run as a test expects them.</summary>
    internal async Task RequireAsync()
    {
        Assert.SkipWhen(_missing is not null, _missing ?? "");
        foreach (var environment in (DeployedEnvironment[])[Production, Staging])
        {
            await environment.RequireHealthyAsync();
        }
    }

    /// <summary>Runs <c>./platform</c> in the clone.</summary>
    internal Task<CommandResult> PlatformAsync(params string[] arguments) => CommandAsync(Path.Combine(Folder, "platform"), arguments);

    /// <summary>Begins <c>./platform</c> in the clone.</summary>
    internal ChildProcess StartPlatform(params string[] arguments) =>
        ChildProcess.Start("platform", Path.Combine(Folder, "platform"), arguments, workingDirectory: Folder);

    internal async Task<CommandResult> CommandAsync(string program, params string[] arguments)
    {
        var clock = Stopwatch.StartNew();
        await using var process = ChildProcess.Start(program, program, arguments, workingDirectory: Folder);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(PatienceWithCommand);
        await process.WaitForExitAsync(timeout.Token);
        return new CommandResult(process.ExitCode, process.Output, clock.Elapsed);
    }

    /// <summary>Makes a release out of the one that was built: the same programs under another name, changed by lines of a Dockerfile.</summary>
    /// <param name="version">Its name.</param>
    /// <param name="host">Which image is changed; null for none.</param>
    /// <param name="change">Appended to that image's Dockerfile.</param>
    internal async Task ReleaseAsync(string version, string? host = null, string change = "")
    {
        foreach (var name in Hosts)
        {
            var lines = string.Create(CultureInfo.InvariantCulture, $"FROM platform-{name}:{Production.DeployedVersion}\nLABEL platform.test={version}\n");
            await DockerEngine.BuildAsync($"platform-{name}:{version}", name == host ? lines + change : lines);
        }
    }

    /// <summary>Removes containers, volumes and networks of both environments; images stay.</summary>
    internal static async Task RemoveDeploymentsAsync()
    {
        foreach (var project in (string[])["platform-production", "platform-staging"])
        {
            await RemoveAsync(["ps", "--all", "--quiet", "--filter", $"label=com.docker.compose.project={project}"], ["rm", "--force", "--volumes"]);
            await RemoveAsync(["volume", "ls", "--quiet", "--filter", $"label=com.docker.compose.project={project}"], ["volume", "rm", "--force"]);
            await RemoveAsync(["network", "ls", "--quiet", "--filter", $"label=com.docker.compose.project={project}"], ["network", "rm"]);
        }
    }

    private static async Task RemoveAsync(string[] list, string[] remove)
    {
        var found = (await DockerEngine.RunAsync(list)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (found.Length > 0)
        {
            await DockerEngine.RunAsync([.. remove, .. found]);
        }
    }

    /// <summary>Deployments that these tests did not make are not touched.</summary>
    private async Task<string?> WhoseDeploymentAsync()
    {
        if (Directory.Exists(Folder))
        {
            return null;
        }

        foreach (var kind in (string[])["ps --all", "volume ls"])
        {
            foreach (var project in (string[])["platform-production", "platform-staging"])
            {
                var found = await DockerEngine.RunAsync([.. kind.Split(' '), "--quiet", "--filter", $"label=com.docker.compose.project={project}"]);
                if (found.Length > 0)
                {
                    return $"{project} was deployed on this machine by somebody else than these tests, which would remove it.";
                }
            }
        }

        return null;
    }

    private async Task RemoveAllAsync()
    {
        await RemoveDeploymentsAsync();
        await RemoveAsync(["images", "--quiet", "--filter", "label=platform.test"], ["rmi", "--force"]);
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    /// <summary>The files as they are now, committed or not, as a repository of its own.</summary>
    private async Task CloneAsync()
    {
        Directory.CreateDirectory(Folder);
        const string Script =
            """
            set -euo pipefail
            git -C "$1" ls-files -z --cached --others --exclude-standard | (cd "$1" && while IFS= read -r -d '' file; do [ ! -e "$file" ] || printf '%s\0' "$file"; done) \
              | tar -C "$1" --create --null --files-from=- | tar --extract
            git init --quiet --initial-branch=main
            git add --all
            git -c user.name=tests -c user.email=tests@localhost commit --quiet --message=tests
            """;
        var cloned = await CommandAsync("bash", "-c", Script, "clone", Repository.Root);
        Assert.True(cloned.ExitCode == 0, cloned.Output);
    }
}
