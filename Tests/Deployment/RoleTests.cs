namespace Platform.Tests.Deployment;

/// <summary>As whom services connect to Postgres, also after an update from a version whose services were its superuser.</summary>
[Collection(DeploymentCollection.Name)]
[Trait("Category", "Deployment")]
public sealed class RoleTests(DeploymentMachine machine)
{
    private const string Roles = "select string_agg(distinct usename::text, ' ' order by usename::text) from pg_stat_activity where application_name in ('Platform.Api', 'Platform.Worker', 'Api', 'Worker')";

    private const string OfTheSuperuser =
        """
        select count(*) from pg_class where relnamespace::regnamespace::text in ('public', 'hangfire') and relowner = 'postgres'::regrole
            and oid not in (select objid from pg_depend where deptype = 'e')
        """;

    [Fact]
    public async Task Deploy_Services_ConnectAsTheirRoles()
    {
        await machine.RequireAsync();

        foreach (var environment in (DeployedEnvironment[])[machine.Production, machine.Staging])
        {
            Assert.Equal("platform_api platform_worker", await environment.SqlAsync(Roles));
            Assert.Equal("0", await environment.SqlAsync(OfTheSuperuser));
            Assert.Equal("platform_owner", await environment.SqlAsync("select datdba::regrole from pg_database where datname = current_database()"));
            Assert.Equal("postgres", await environment.SqlAsync("select string_agg(rolname, ' ') from pg_roles where rolsuper"));
        }
    }

    [Fact]
    [Trait("Category", "DeploymentLong")]
    public async Task Update_FromAVersionWithoutRoles_HandsOverAndRollsBack()
    {
        await machine.RequireAsync();
        var said = await AsBeforeRolesAsync();
        Assert.Equal("postgres", await machine.Production.SqlAsync(Roles));

        var updated = await machine.PlatformAsync("deploy", "production", machine.Production.DeployedVersion, "--yes");

        Assert.True(updated.ExitCode == 0, updated.Output);
        Assert.Equal("platform_api platform_worker", await machine.Production.SqlAsync(Roles));
        Assert.Equal("0", await machine.Production.SqlAsync(OfTheSuperuser));
        Assert.Equal(said.Texts, await machine.Production.SaidAsync(said.Conversation));

        var back = await machine.PlatformAsync("rollback", "production", "superuser", "--yes");
        Assert.True(back.ExitCode == 0, back.Output);
        Assert.Equal("postgres", await machine.Production.SqlAsync(Roles));
        Assert.Equal(said.Texts, await machine.Production.SaidAsync(said.Conversation));
        await machine.Production.AskAsync("Said to the superuser's version.");

        var again = await machine.PlatformAsync("deploy", "production", machine.Production.DeployedVersion, "--yes");
        Assert.True(again.ExitCode == 0, again.Output);
        Assert.Equal("platform_api platform_worker", await machine.Production.SqlAsync(Roles));
        File.Delete(Path.Combine(machine.Folder, "deploy", "secrets", "production", "platformdb-connection"));
    }

    /// <summary>Production as it was before: its compose file, one secret for all, and a database without roles.</summary>
    private async Task<(string Conversation, IReadOnlyList<string> Texts)> AsBeforeRolesAsync()
    {
        var token = TestContext.Current.CancellationToken;
        var state = Path.Combine(machine.Folder, ".platform", "production");
        var secrets = Path.Combine(machine.Folder, "deploy", "secrets", "production");
        await machine.ReleaseAsync("superuser");
        File.Copy(Repository.PathOf("Tests", "Fixtures", "compose", "superuser.yml"), Path.Combine(state, "superuser.yml"), overwrite: true);
        await File.AppendAllTextAsync(Path.Combine(state, "releases"), "superuser\t2026-01-01T00:00:00Z\t-\tforward\n", token);
        var password = await File.ReadAllTextAsync(Path.Combine(secrets, "postgres-password"), token);
        var connection = Path.Combine(secrets, "platformdb-connection");
        await File.WriteAllTextAsync(connection, $"Host=postgres;Port=5432;Username=postgres;Password={password};Database=platformdb", token);
        await machine.CommandAsync("chmod", "0444", connection);
        var back = await machine.PlatformAsync("rollback", "production", "superuser", "--yes");
        Assert.True(back.ExitCode == 0, back.Output);

        await machine.Production.SqlAsync("alter database platformdb owner to postgres");
        await machine.Production.SqlAsync("reassign owned by platform_owner to postgres");
        foreach (var role in (string[])["platform_owner", "platform_api", "platform_worker", "platform_drill"])
        {
            await machine.Production.SqlAsync($"drop owned by {role}");
            await machine.Production.SqlAsync($"drop role {role}");
        }

        var conversation = await machine.Production.AskAsync("Said before there were roles.");
        return (conversation, await machine.Production.SaidAsync(conversation));
    }
}
