using System.Globalization;

namespace Platform.Tests.Deployment;

/// <summary><c>./platform deploy</c> dies at any moment: the next run ends well, and nothing is lost.</summary>
[Collection(DeploymentCollection.Name)]
[Trait("Category", "DeploymentLong")]
public sealed class InterruptedDeploymentTests(DeploymentMachine machine)
{
    /// <summary>Tenths of the time that a whole deployment takes.</summary>
    public static readonly TheoryData<int> Moments = new(Enumerable.Range(0, 10));

    private static TimeSpan? whole;

    [Theory]
    [MemberData(nameof(Moments))]
    public async Task Deploy_KilledOnTheWay_NextRunEndsWell(int tenth)
    {
        await machine.RequireAsync();
        var conversation = await machine.Production.AskAsync("Before the deployment that dies.");
        var said = await machine.Production.SaidAsync(conversation);
        var version = string.Create(CultureInfo.InvariantCulture, $"killed{tenth}");
        await machine.ReleaseAsync(version);
        whole ??= await TimeOfWholeDeploymentAsync();

        await using (var deploy = machine.StartPlatform("deploy", "production", version, "--yes"))
        {
            await Task.Delay(whole.Value * ((tenth + 0.5) / 10), TimeProvider.System, TestContext.Current.CancellationToken);
            deploy.SignalTree(UnixSignal.Kill);
            await deploy.WaitForExitAsync(TestContext.Current.CancellationToken);
            DeploymentFigures.Add($"deployment killed at {(tenth * 10) + 5} %: it was at '{deploy.Output.Split('\n')[^1]}'");
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
        Assert.Contains("Another ./platform works on staging", second.Output, StringComparison.Ordinal);
        Assert.Equal(0, first.ExitCode);
    }

    private async Task<TimeSpan> TimeOfWholeDeploymentAsync()
    {
        await machine.ReleaseAsync("whole");
        var deployed = await machine.PlatformAsync("deploy", "production", "whole", "--yes");
        Assert.True(deployed.ExitCode == 0, deployed.Output);
        DeploymentFigures.Add($"deployment of images that are there: {deployed.Took.TotalSeconds:0} s");
        return deployed.Took;
    }
}
