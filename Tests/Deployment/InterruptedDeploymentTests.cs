using System.Globalization;

namespace Platform.Tests.Deployment;

/// <summary><c>./platform deploy</c> dies at any moment: the next run ends well, and nothing is lost.</summary>
[Collection(DeploymentCollection.Name)]
[Trait("Category", "DeploymentLong")]
public sealed class InterruptedDeploymentTests(DeploymentMachine machine)
{
    /// <summary>What the deployment last said when it dies, and for how many milliseconds it may go on after that.</summary>
    public static readonly TheoryData<string, int> Moments = new()
    {
        { "Deploying", 0 },
        { "Starting the databases.", 0 },
        { "Making a backup.", 0 },
        { "Making a backup.", 2_500 },
        { "Migrating.", 0 },
        { "Migrating.", 2_500 },
        { "Switching over.", 0 },
        { "Switching over.", 1_500 },
        { "Switching over.", 4_000 },
        { "Running the smoke test.", 0 },
    };

    [Theory]
    [MemberData(nameof(Moments))]
    public async Task Deploy_KilledOnTheWay_NextRunEndsWell(string step, int afterMs)
    {
        await machine.RequireAsync();
        var conversation = await machine.Production.AskAsync("Before the deployment that dies.");
        var said = await machine.Production.SaidAsync(conversation);
        var version = string.Create(CultureInfo.InvariantCulture, $"killed-{step.Length}-{afterMs}");
        await machine.ReleaseAsync(version);

        await using (var deploy = machine.StartPlatform("deploy", "production", version, "--yes"))
        {
            await Eventually.TrueAsync(() => deploy.Output.Contains(step, StringComparison.Ordinal), TimeSpan.FromMinutes(3), $"the deployment says '{step}'");
            await Task.Delay(afterMs, TestContext.Current.CancellationToken);
            deploy.SignalTree(UnixSignal.Kill);
            await deploy.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.DoesNotContain($"production runs {version}.", deploy.Output, StringComparison.Ordinal);
        }

        var next = await machine.PlatformAsync("deploy", "production", version, "--yes");

        Assert.True(next.ExitCode == 0, next.Output);
        Assert.Equal(version, await machine.Production.VersionAsync());
        Assert.True(await machine.Production.IsHealthyAsync());
        Assert.Equal(said, await machine.Production.SaidAsync(conversation));
        Assert.Empty(Directory.GetFiles(Path.Combine(machine.Folder, ".platform", "production"), "journal*"));
        Assert.Equal("5", (await DockerEngine.RunAsync("ps", "--quiet", "--filter", "label=com.docker.compose.project=platform-production"))
            .Split('\n').Length.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Deploy_WhileAnotherRuns_IsRefused()
    {
        await machine.RequireAsync();
        await using var first = machine.StartPlatform("deploy", "staging", machine.Staging.DeployedVersion, "--yes");
        await Eventually.TrueAsync(() => first.Output.Contains("Deploying", StringComparison.Ordinal), DeployedEnvironment.Patience, "the first one began");

        var second = await machine.PlatformAsync("deploy", "staging", machine.Staging.DeployedVersion, "--yes");
        await first.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, second.ExitCode);
        Assert.Contains("Another ./platform is running", second.Output, StringComparison.Ordinal);
        Assert.Equal(0, first.ExitCode);
    }
}
