namespace Platform.Tests.Deployment;

/// <summary>Releases that work: going back to one, updating to one, and what is kept of them.</summary>
[Collection(DeploymentCollection.Name)]
[Trait("Category", "DeploymentLong")]
public sealed class ReleaseTests(DeploymentMachine machine)
{
    [Fact]
    public async Task Rollback_Twice_GoesTwoVersionsBackAndKeepsWhatCameSince()
    {
        await machine.RequireAsync();
        await machine.ReleaseAsync("second");
        await machine.ReleaseAsync("third");
        await DeployAsync("second");
        await DeployAsync("third");
        var conversation = await machine.Production.AskAsync("Said to the third version.");
        var said = await machine.Production.SaidAsync(conversation);

        var back = await machine.PlatformAsync("rollback", "production", "--yes");
        var versionAfterFirst = await machine.Production.VersionAsync();
        var backAgain = await machine.PlatformAsync("rollback", "production", "--yes");

        Assert.True(back.ExitCode == 0, back.Output);
        Assert.True(backAgain.ExitCode == 0, backAgain.Output);
        Assert.Equal("second", versionAfterFirst);
        Assert.Equal(machine.Production.DeployedVersion, await machine.Production.VersionAsync());
        Assert.Equal(said, await machine.Production.SaidAsync(conversation));
    }

    [Fact]
    public async Task Deploy_VersionNobodyBuilt_IsRefused()
    {
        await machine.RequireAsync();

        var deployed = await machine.PlatformAsync("deploy", "production", "v9.9.9", "--yes");

        Assert.Equal(1, deployed.ExitCode);
        Assert.Contains("There are no images of v9.9.9. Versions with images: ", deployed.Output, StringComparison.Ordinal);
        Assert.Equal(machine.Production.DeployedVersion, await machine.Production.VersionAsync());
    }

    [Fact]
    public async Task Deploy_FailsAfterDown_BringsBackWhatRanBefore()
    {
        await machine.RequireAsync();
        var conversation = await machine.Production.AskAsync("Before everything was taken down.");
        var said = await machine.Production.SaidAsync(conversation);
        await machine.ReleaseAsync("dead", "worker", """ENTRYPOINT ["false"]""");
        await machine.PlatformAsync("down", "production");

        var deployed = await machine.PlatformAsync("deploy", "production", "dead", "--yes");

        Assert.Equal(1, deployed.ExitCode);
        Assert.Contains("Making a backup.", deployed.Output, StringComparison.Ordinal);
        Assert.EndsWith($"production runs {machine.Production.DeployedVersion} again.", deployed.Output, StringComparison.Ordinal);
        Assert.Equal(said, await machine.Production.SaidAsync(conversation));
    }

    [Fact]
    public async Task Rollback_WithData_BringsBackTheMomentWhenItWasLeft()
    {
        await machine.RequireAsync();
        var before = await machine.Production.AskAsync("Said to the old version.");
        var said = await machine.Production.SaidAsync(before);
        await machine.ReleaseAsync("newest");
        await DeployAsync("newest");
        var after = await machine.Production.AskAsync("Said to the newest version.");

        var back = await machine.PlatformAsync("rollback", "production", machine.Production.DeployedVersion, "--with-data", "--yes");

        Assert.True(back.ExitCode == 0, back.Output);
        Assert.Equal(machine.Production.DeployedVersion, await machine.Production.VersionAsync());
        Assert.Equal(said, await machine.Production.SaidAsync(before));
        Assert.Equal("0", await machine.Production.SqlAsync($"select count(*) from channels where id = '{after}'"));
        Assert.Contains("Backing up the present data", back.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rollback_OldVersionCannotReadTheSchema_IsRefusedWithoutData()
    {
        await machine.RequireAsync();
        await machine.ReleaseAsync("ahead");
        await DeployAsync("ahead");
        var since = await machine.Production.SqlAsync("select readable_since from schema_state");
        await machine.Production.SqlAsync("update schema_state set readable_since = '99.0.0'");

        var back = await machine.PlatformAsync("rollback", "production", "--yes");
        await machine.Production.SqlAsync($"update schema_state set readable_since = '{since}'");

        Assert.Equal(1, back.ExitCode);
        Assert.Contains("cannot read the schema, which requires 99.0.0. Add --with-data", back.Output, StringComparison.Ordinal);
        Assert.Equal("ahead", await machine.Production.VersionAsync());
    }

    [Fact]
    public async Task Deploy_VersionOfStaging_GetsANameOfProduction()
    {
        await machine.RequireAsync();

        var deployed = await machine.PlatformAsync("deploy", "production", machine.Staging.DeployedVersion, "--yes");

        Assert.True(deployed.ExitCode == 0, deployed.Output);
        Assert.EndsWith("-production", await machine.Production.VersionAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Update_LocalChanges_IsRefused()
    {
        await machine.RequireAsync();
        var file = Path.Combine(machine.Folder, "README.md");
        await File.AppendAllTextAsync(file, "changed here", TestContext.Current.CancellationToken);

        var updated = await machine.PlatformAsync("update", "staging");
        await machine.CommandAsync("git", "checkout", "README.md");

        Assert.Equal(1, updated.ExitCode);
        Assert.Contains("There are local changes", updated.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Update_OriginHasACommit_DeploysIt()
    {
        await machine.RequireAsync();
        var origin = Path.Combine(Path.GetTempPath(), "platform-deployment-tests-origin");
        const string Script =
            """
            set -euo pipefail
            rm -rf -- "$1"
            git clone --quiet . "$1"
            git -C "$1" -c user.name=tests -c user.email=tests@localhost commit --quiet --allow-empty --message=next
            git remote remove origin 2>/dev/null || true
            git remote add origin "$1"
            git fetch --quiet origin
            git branch --quiet --set-upstream-to=origin/main
            """;
        var prepared = await machine.CommandAsync("bash", "-c", Script, "origin", origin);
        Assert.True(prepared.ExitCode == 0, prepared.Output);

        var updated = await machine.PlatformAsync("update", "staging");
        Directory.Delete(origin, recursive: true);

        Assert.True(updated.ExitCode == 0, updated.Output);
        var commit = (await machine.CommandAsync("git", "rev-parse", "--short=7", "HEAD")).Output;
        Assert.StartsWith(commit, await machine.Staging.VersionAsync(), StringComparison.Ordinal);
        Assert.NotEqual(machine.Staging.DeployedVersion, await machine.Staging.VersionAsync());
    }

    [Fact]
    public async Task Cleanup_SevenReleases_KeepsTheNewestFiveAndTheOtherEnvironments()
    {
        await machine.RequireAsync();
        var releases = Path.Combine(machine.Folder, ".platform", "staging", "releases");
        var before = await File.ReadAllTextAsync(releases, TestContext.Current.CancellationToken);
        foreach (var number in Enumerable.Range(1, 7))
        {
            await machine.ReleaseAsync($"kept{number}");
            await File.AppendAllTextAsync(releases, $"kept{number}\t2026-01-01T00:00:00Z\t-\n", TestContext.Current.CancellationToken);
        }

        var cleaned = await machine.PlatformAsync("cleanup", "staging");
        await File.WriteAllTextAsync(releases, before, TestContext.Current.CancellationToken);

        Assert.True(cleaned.ExitCode == 0, cleaned.Output);
        var tags = (await DockerEngine.RunAsync("images", "platform-api", "--format", "{{.Tag}}")).Split('\n');
        Assert.Equal(["kept3", "kept4", "kept5", "kept6", "kept7"], tags.Where(tag => tag.StartsWith("kept", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Contains(machine.Production.DeployedVersion, tags);
        Assert.Contains(machine.Staging.DeployedVersion, tags);
    }

    [Fact]
    public async Task Doctor_ServiceIsStopped_NamesItAndWhatToDo()
    {
        await machine.RequireAsync();
        await DockerEngine.RunAsync("stop", machine.Staging.Container("redis"));

        var sick = await machine.PlatformAsync("doctor", "staging");
        var up = await machine.PlatformAsync("up", "staging");
        var well = await machine.PlatformAsync("doctor", "staging");

        Assert.Equal(1, sick.ExitCode);
        Assert.Contains("redis is", sick.Output, StringComparison.Ordinal);
        Assert.Contains("./platform logs staging redis", sick.Output, StringComparison.Ordinal);
        Assert.True(up.ExitCode == 0, up.Output);
        Assert.DoesNotContain("redis is", well.Output, StringComparison.Ordinal);
    }

    private async Task DeployAsync(string version)
    {
        var deployed = await machine.PlatformAsync("deploy", "production", version, "--yes");
        Assert.True(deployed.ExitCode == 0, deployed.Output);
    }
}
