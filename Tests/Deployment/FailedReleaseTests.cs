using System.Text;

namespace Platform.Tests.Deployment;

/// <summary>Releases that do not work: production answers again with the old version, its data intact, and the output says what happened.</summary>
[Collection(DeploymentCollection.Name)]
public sealed class FailedReleaseTests(DeploymentMachine machine)
{
    private const string Sleeps = """ENTRYPOINT ["sleep", "infinity"]""";

    /// <summary>The Api dies in the moment when somebody tries it.</summary>
    private const string DiesWhenTried =
        """
        #!/bin/sh
        [ "$2" != smoke ] || kill -9 $(cat /proc/1/task/1/children)
        exec /usr/bin/dotnet "$@"
        """;

    [Fact]
    [Trait("Category", "Deployment")]
    public async Task Deploy_ReleaseThatNeverGetsHealthy_GoesBackWithinTwoMinutes()
    {
        await machine.RequireAsync();
        var conversation = await machine.Production.AskAsync("Before the bad release.");
        var said = await machine.Production.SaidAsync(conversation);
        await machine.ReleaseAsync("sick", "api", Sleeps);

        var deployed = await machine.PlatformAsync("deploy", "production", "sick", "--yes");

        await AssertWentBackAsync(deployed, "not every service became healthy");
        Assert.Matches("api is (starting|unhealthy) after 60 s", deployed.Output);
        Assert.Equal(said, await machine.Production.SaidAsync(conversation));
        await machine.Production.AskAsync(conversation, "After it.");
    }

    [Fact]
    [Trait("Category", "DeploymentLong")]
    public async Task Deploy_MigrationFails_LeavesTheOldVersionRunning()
    {
        await machine.RequireAsync();
        var conversation = await machine.Production.AskAsync("Before the bad migration.");
        var said = await machine.Production.SaidAsync(conversation);
        var started = await DockerEngine.InspectAsync(machine.Production.Container("api"), "{{.State.StartedAt}}");
        await machine.ReleaseAsync("half", "worker", WorkerThatMigrates("alter table messages add column half int; select 1/0;"));

        var deployed = await machine.PlatformAsync("deploy", "production", "half", "--yes");

        await AssertWentBackAsync(deployed, "the migration failed");
        Assert.Contains("division by zero", deployed.Output, StringComparison.Ordinal);
        Assert.Equal(started, await DockerEngine.InspectAsync(machine.Production.Container("api"), "{{.State.StartedAt}}"));
        Assert.Equal(said, await machine.Production.SaidAsync(conversation));
    }

    [Fact]
    [Trait("Category", "DeploymentLong")]
    public async Task Deploy_CrashesUnderSmoke_GoesBack()
    {
        await machine.RequireAsync();
        var conversation = await machine.Production.AskAsync("Before the crash.");
        var said = await machine.Production.SaidAsync(conversation);
        await machine.ReleaseAsync("crashing", "api", Script("/usr/local/bin/dotnet", DiesWhenTried));

        var deployed = await machine.PlatformAsync("deploy", "production", "crashing", "--yes");

        await AssertWentBackAsync(deployed, "the smoke test failed");
        Assert.Equal(said, await machine.Production.SaidAsync(conversation));
    }

    /// <summary>The migration ran and the release fails after it: the old version gets the data back that it can read.</summary>
    [Fact]
    [Trait("Category", "DeploymentLong")]
    public async Task Deploy_OldVersionCannotReadTheNewSchema_GoesBackWithItsData()
    {
        await machine.RequireAsync();
        var conversation = await machine.Production.AskAsync("Before the new schema.");
        var said = await machine.Production.SaidAsync(conversation);
        await machine.ReleaseAsync("unreadable", "worker", WorkerThatMigrates("alter table messages rename to utterances; update schema_state set readable_since = '99.0.0';"));

        var deployed = await machine.PlatformAsync("deploy", "production", "unreadable", "--yes");

        await AssertWentBackAsync(deployed, "not every service became healthy", "the smoke test failed");
        Assert.Contains("Restoring the data from", deployed.Output, StringComparison.Ordinal);
        Assert.Equal(said, await machine.Production.SaidAsync(conversation));
        await machine.Production.AskAsync(conversation, "After it.");
    }

    private async Task AssertWentBackAsync(CommandResult deployed, params string[] reasons)
    {
        Assert.Equal(1, deployed.ExitCode);
        Assert.Contains(reasons, reason => deployed.Output.Contains($"Not deployed: {reason}.", StringComparison.Ordinal));
        Assert.EndsWith($"production runs {machine.Production.DeployedVersion} again.", deployed.Output, StringComparison.Ordinal);
        Assert.Equal(machine.Production.DeployedVersion, await machine.Production.VersionAsync());
        Assert.True(await machine.Production.IsHealthyAsync());
        DeploymentFigures.Add($"failed release ({reasons[0]}): {deployed.Took.TotalSeconds:0} s from the command to the old version healthy again");
    }

    /// <summary>A worker whose migration does what the real one does, and then the given SQL.</summary>
    private static string WorkerThatMigrates(string sql) =>
        Script(
            "/migrating",
            $"""
            #!/bin/sh
            [ "$1" = migrate ] || exec dotnet Worker.dll "$@"
            dotnet Worker.dll migrate || exit
            export PGPASSWORD=$(sed 's/.*Password=\([^;]*\).*/\1/' "$ConnectionStrings__platformdb_FILE")
            exec psql --host=postgres --username=platform_owner --dbname=platformdb --set=ON_ERROR_STOP=1 --command="{sql}"
            """)
        + "ENTRYPOINT [\"/migrating\"]\n";

    /// <summary>Lines of a Dockerfile that put a program into the image.</summary>
    private static string Script(string path, string text) =>
        $"USER root\nRUN echo {Convert.ToBase64String(Encoding.UTF8.GetBytes(text))} | base64 -d > {path} && chmod 755 {path}\nUSER 1654:1654\n";
}
