namespace Platform.Tests.Deployment;

/// <summary>Images of registries are deployed by digest, and a rollback uses the digests of its release even if a tag was moved.</summary>
[Collection(DeploymentCollection.Name)]
[Trait("Category", "DeploymentLong")]
public sealed class PinnedImageTests(DeploymentMachine machine)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rollback_TagWasMoved_RunsTheImageOfItsRelease()
    {
        await machine.RequireAsync();
        await using var registry = await ImageRegistry.StartAsync(Token);
        var compose = Path.Combine(machine.Folder, "docker-compose.prod.yml");
        var original = await File.ReadAllTextAsync(compose, Token);
        var image = $"{registry.Address}/redis:8.6";
        try
        {
            await File.WriteAllTextAsync(compose, original.Replace("docker.io/library/redis:8.6", image, StringComparison.Ordinal), Token);
            var first = await ReleaseAsync("pinned1", image);
            var second = await ReleaseAsync("pinned2", image);
            Assert.NotEqual(first, second);

            var back = await machine.PlatformAsync("rollback", "production", "--yes");

            Assert.True(back.ExitCode == 0, back.Output);
            Assert.Equal("pinned1", await machine.Production.VersionAsync());
            Assert.Equal(first, await RedisAsync());
        }
        finally
        {
            await File.WriteAllTextAsync(compose, original, Token);
            var again = await machine.PlatformAsync("deploy", "production", machine.Production.DeployedVersion, "--yes");
            Assert.True(again.ExitCode == 0, again.Output);
        }
    }

    /// <summary>Deploys a version after the tag was moved to a new image; returns what Redis' container was made of.</summary>
    private async Task<string> ReleaseAsync(string version, string image)
    {
        await DockerEngine.BuildAsync(image, $"FROM docker.io/library/redis:8.6\nLABEL platform.test={version}\n");
        await DockerEngine.RunAsync("push", image);
        await machine.ReleaseAsync(version);
        var deployed = await machine.PlatformAsync("deploy", "production", version, "--yes");
        Assert.True(deployed.ExitCode == 0, deployed.Output);
        var redis = await RedisAsync();
        Assert.StartsWith($"{image}@sha256:", redis, StringComparison.Ordinal);
        Assert.Contains($"Using {redis}.", deployed.Output, StringComparison.Ordinal);
        return redis;
    }

    private Task<string> RedisAsync() => DockerEngine.InspectAsync(machine.Production.Container("redis"), "{{.Config.Image}}");
}
