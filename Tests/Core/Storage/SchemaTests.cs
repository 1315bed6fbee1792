using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Npgsql;
using Platform.Core.Storage;

namespace Platform.Tests.Core.Storage;

public sealed class SchemaTests(LocalPostgres postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Migrations_OnAnEmptyDatabase_MakeExactlyTheModelsTables()
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);

        var actual = await ReadSchemaAsync(database);
        var expected = ExpectedSchema(database);

        Assert.Equal(expected.Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Migrate_StartedFourTimesAtOnce_WorksOnce()
    {
        await using var database = await postgres.CreateEmptyDatabaseAsync(Token);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => TestSchema.MigrateAsync(database.ConnectionString, Token)));

        var files = typeof(Migrator).Assembly.GetManifestResourceNames().Count(name => name.EndsWith(".sql", StringComparison.Ordinal));
        Assert.Equal(files, await database.ScalarAsync<long>("select count(*) from schema_migrations", Token));
        Assert.Equal(1, await database.ScalarAsync<long>("select count(*) from tenants", Token));
        Assert.Equal(23, await database.ScalarAsync<int>("select version from hangfire.schema", Token));
    }

    [Fact]
    public async Task Migrate_Twice_ChangesNothing()
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);
        var before = await ReadSchemaAsync(database);

        await TestSchema.MigrateAsync(database.ConnectionString, Token);

        Assert.Equal(before, await ReadSchemaAsync(database));
    }

    /// <summary>As when the migration after it fails: what a deployment reads must be true of what was applied.</summary>
    [Fact]
    public async Task Migrate_StopsOnTheWay_SchemaSaysWhoCanReadIt()
    {
        await using var database = await postgres.CreateEmptyDatabaseAsync(Token);
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        var options = new DbContextOptionsBuilder<PlatformDbContext>();
        StorageRegistration.Configure(options, source);
        await using var context = new PlatformDbContext(options.Options);
        var migrations = context.GetService<IMigrationsAssembly>();

        foreach (var (_, type) in migrations.Migrations.Where(migration => string.CompareOrdinal(migration.Key, "0011") < 0))
        {
            foreach (var operation in migrations.CreateMigration(type, "Npgsql").UpOperations.OfType<SqlOperation>())
            {
                await database.ExecuteAsync(operation.Sql, Token);
            }
        }

        Assert.Equal("0.1.0", await database.ScalarAsync<string>("select readable_since from schema_state", Token));
    }

    /// <summary>One line a column: table, column, type, nullability, place in the primary key.</summary>
    private static List<string> ExpectedSchema(TestDatabase database)
    {
        using var source = NpgsqlDataSource.Create(database.ConnectionString);
        var options = new DbContextOptionsBuilder<PlatformDbContext>();
        StorageRegistration.Configure(options, source);
        using var context = new PlatformDbContext(options.Options);
        return [.. context.Model.GetRelationalModel().Tables.SelectMany(table => table.Columns.Select(column => Line(table, column)))];
    }

    private static string Line(ITable table, IColumn column)
    {
        var key = table.PrimaryKey?.Columns.ToList().IndexOf(column) ?? -1;
        return $"{table.Name}.{column.Name} {column.StoreType} {(column.IsNullable ? "null" : "not null")} key {key + 1}";
    }

    private static async Task<List<string>> ReadSchemaAsync(TestDatabase database)
    {
        await using var connection = await database.OpenAsync(Token);
        await using var command = new NpgsqlCommand(
            """
            select c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
                || case when a.attnotnull then ' not null' else ' null' end
                || ' key ' || coalesce(array_position(i.indkey::int2[], a.attnum) + 1, 0)
            from pg_class c
            join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            left join pg_index i on i.indrelid = c.oid and i.indisprimary
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
                and c.relname <> 'schema_migrations'
            order by 1
            """,
            connection);
        await using var reader = await command.ExecuteReaderAsync(Token);
        List<string> lines = [];
        while (await reader.ReadAsync(Token))
        {
            lines.Add(reader.GetString(0));
        }

        return lines;
    }
}
