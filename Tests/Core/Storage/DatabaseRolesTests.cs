using Npgsql;

namespace Platform.Tests.Core.Storage;

/// <summary>What the roles of a server's deployment may do (deploy/postgres/roles.sh, Core/Storage/Grants.sql).</summary>
public sealed class DatabaseRolesTests(LocalPostgres postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseRoles.Api, "create table mine (id int)")]
    [InlineData(DatabaseRoles.Api, "drop table messages")]
    [InlineData(DatabaseRoles.Api, "alter table messages add column mine int")]
    [InlineData(DatabaseRoles.Api, "truncate messages")]
    [InlineData(DatabaseRoles.Api, "create database mine")]
    [InlineData(DatabaseRoles.Api, "create role mine")]
    [InlineData(DatabaseRoles.Api, "set role platform_owner")]
    [InlineData(DatabaseRoles.Api, "select * from pg_authid")]
    [InlineData(DatabaseRoles.Api, "copy messages to program 'true'")]
    [InlineData(DatabaseRoles.Api, "select pg_read_file('postgresql.conf')")]
    [InlineData(DatabaseRoles.Api, "update schema_state set readable_since = '9.9.9'")]
    [InlineData(DatabaseRoles.Api, "delete from schema_migrations")]
    [InlineData(DatabaseRoles.Api, "update bots set enabled = false")]
    [InlineData(DatabaseRoles.Api, "select lo_from_bytea(0, 'x')")]
    [InlineData(DatabaseRoles.Api, "select drop_day_partition('bodies', current_date, 'age')")]
    [InlineData(DatabaseRoles.Worker, "create table mine (id int)")]
    [InlineData(DatabaseRoles.Worker, "drop table messages")]
    [InlineData(DatabaseRoles.Worker, "create database mine")]
    [InlineData(DatabaseRoles.Worker, "copy messages to program 'true'")]
    [InlineData(DatabaseRoles.Worker, "delete from sessions")]
    [InlineData(DatabaseRoles.Worker, "delete from dropped_partitions")]
    [InlineData(DatabaseRoles.Drill, "select * from messages")]
    [InlineData(DatabaseRoles.Drill, "create role mine")]
    [InlineData(DatabaseRoles.Owner, "create role mine")]
    [InlineData(DatabaseRoles.Owner, "copy messages to program 'true'")]
    public async Task Role_BeyondItsRights_IsRefused(string role, string sql)
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(database, role, sql));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Theory]
    [InlineData("trace_documents; drop table messages", "2026-01-01", PostgresErrorCodes.InvalidParameterValue)]
    [InlineData("messages", "2026-01-01", PostgresErrorCodes.InvalidParameterValue)]
    public async Task DropDayPartition_OfAnotherTable_IsRefused(string table, string day, string code)
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(database, DatabaseRoles.Worker, $"select drop_day_partition('{table}', '{day}', 'age')"));

        Assert.Equal(code, refused.SqlState);
    }

    [Theory]
    [InlineData("current_date, current_date + 100000")]
    [InlineData("'2099-01-01', '2099-01-01'")]
    [InlineData("'-infinity', current_date")]
    public async Task EnsureDayPartitions_FarFromToday_IsRefused(string days)
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(database, DatabaseRoles.Api, $"select ensure_day_partitions({days})"));

        Assert.Equal(PostgresErrorCodes.InvalidParameterValue, refused.SqlState);
    }

    [Fact]
    public async Task Partition_MadeByOneRole_IsReadAndDroppedByTheWorker()
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);
        await ExecuteAsync(database, DatabaseRoles.Api, "select ensure_day_partitions('2026-01-01', '2026-01-01')");

        await ExecuteAsync(database, DatabaseRoles.Worker, "select count(*) from bodies_20260101");
        await ExecuteAsync(database, DatabaseRoles.Worker, "select drop_day_partition('bodies', '2026-01-01', 'age')");

        Assert.Equal("2026-01-01 age 0", await database.ScalarAsync<string>("select concat_ws(' ', day, cause, rows) from dropped_partitions", Token));
        Assert.Equal(DatabaseRoles.Owner, await database.ScalarAsync<string>("select relowner::regrole::text from pg_class where relname = 'event_log_20260101'", Token));
    }

    /// <summary>What a volume of an earlier version is: everything belongs to the superuser.</summary>
    [Fact]
    public async Task Roles_DatabaseOfTheSuperuser_IsHandedOverAndMigratedByTheOwner()
    {
        const string Others =
            """
            select count(*) from (
                select relowner from pg_class where relnamespace::regnamespace::text in ('public', 'hangfire')
                    and oid not in (select objid from pg_depend where deptype = 'e')
                union all select proowner from pg_proc where pronamespace::regnamespace::text in ('public', 'hangfire')
                    and oid not in (select objid from pg_depend where deptype = 'e')
                union all select nspowner from pg_namespace where nspname = 'hangfire'
                union all select datdba from pg_database where datname = current_database()) owners (owner)
            where owner <> 'platform_owner'::regrole
            """;
        await using var database = await postgres.CreateEmptyDatabaseAsync(Token);
        await TestSchema.MigrateAsync(database.ConnectionString + ";Pooling=false", Token);
        await database.ExecuteAsync("create extension if not exists amcheck", Token);
        Assert.NotEqual(0, await database.ScalarAsync<long>(Others, Token));

        await DatabaseRoles.CreateAsync(database.ConnectionString, Token);
        await DatabaseRoles.CreateAsync(database.ConnectionString, Token);

        Assert.Equal(0, await database.ScalarAsync<long>(Others, Token));
        await TestSchema.MigrateAsync(DatabaseRoles.ConnectionString(database.ConnectionString, DatabaseRoles.Owner) + ";Pooling=false", Token);
        await ExecuteAsync(database, DatabaseRoles.Api, "insert into tenants (id, name) values ('other', 'Other')");
        await ExecuteAsync(database, DatabaseRoles.Worker, "select bt_index_check('messages_pkey'::regclass)");
    }

    /// <summary>What the owner puts into public must not run with the superuser's rights, and what a role got or set otherwise must go.</summary>
    [Fact]
    public async Task Roles_HostileObjectsAndSettings_GiveNobodyMore()
    {
        await using var server = await PostgresServer.StartNewAsync(Token);
        await using var database = await TestDatabase.CreateOnAsync(server, Token);
        await ExecuteAsync(
            database, DatabaseRoles.Owner,
            """
            create function public.format(text, name) returns text language sql as $$ select 'alter role platform_owner superuser' $$;
            create function public.hashtext(text) returns int language plpgsql as $$ begin execute 'alter role platform_owner superuser'; return 1; end $$;
            """);
        await ExecuteAsync(database, DatabaseRoles.Api, "alter role platform_api set default_transaction_read_only = on");
        await server.ExecuteAsync("grant pg_execute_server_program, platform_owner to platform_worker", Token);
        await database.ExecuteAsync("create type public.mood as enum ('good')", Token);

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => DatabaseRoles.CreateAsync(database.ConnectionString, Token)));

        Assert.Equal(0, await database.ScalarAsync<long>("select count(*) from pg_roles where rolname like 'platform\\_%' and (rolsuper or rolcreaterole or rolconfig is not null)", Token));
        Assert.Equal(0, await database.ScalarAsync<long>("select count(*) from pg_auth_members where member::regrole::text <> 'platform_owner' and member::regrole::text like 'platform\\_%'", Token));
        Assert.Equal(DatabaseRoles.Owner, await database.ScalarAsync<string>("select typowner::regrole::text from pg_type where typname = 'mood'", Token));
    }

    [Theory]
    [InlineData("", "The password of platform_owner is empty")]
    [InlineData("md50123456789abcdef0123456789abcdef", "looks like a hash")]
    [InlineData("p'; drop table x; --", "may hold letters, digits and - _ . ~ only")]
    [InlineData(null, "The password of platform_owner is missing")]
    public async Task Roles_PasswordThatCannotBeUsed_IsNamedAndNotPrinted(string? password, string message)
    {
        var folder = Directory.CreateTempSubdirectory("platform-roles-").FullName;
        if (password is not null)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "postgres-owner-password"), password, Token);
        }

        await using var script = ChildProcess.Start(
            "roles.sh", Repository.PathOf("deploy", "postgres", "roles.sh"), [], new Dictionary<string, string?> { ["SECRETS"] = folder, ["PSQL"] = "false" });
        await script.WaitForExitAsync(Token);
        Directory.Delete(folder, recursive: true);

        Assert.Equal(1, script.ExitCode);
        Assert.Contains(message, script.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("drop table", script.Output, StringComparison.Ordinal);
    }

    /// <summary>A statement that fails is logged by Postgres with its text; these hold passwords.</summary>
    [Fact]
    public async Task Roles_LoggedStatements_HoldNoPassword()
    {
        await using var server = await PostgresServer.StartNewAsync(Token, "log_statement=all");
        await using var database = await TestDatabase.CreateOnAsync(server, Token);
        var password = new NpgsqlConnectionStringBuilder(DatabaseRoles.ConnectionString(database.ConnectionString, DatabaseRoles.Api)).Password;

        Assert.NotNull(password);
        Assert.Contains("log_statement", server.Log, StringComparison.Ordinal);
        Assert.DoesNotContain(password, server.Log, StringComparison.Ordinal);
    }

    private static async Task ExecuteAsync(TestDatabase database, string role, string sql)
    {
        await using var connection = new NpgsqlConnection(DatabaseRoles.ConnectionString(database.ConnectionString, role) + ";Pooling=false");
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Token);
    }
}
