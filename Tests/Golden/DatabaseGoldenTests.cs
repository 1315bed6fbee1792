namespace Platform.Tests.Golden;

/// <summary>The migrated database. Day partitions come and go; they are left out.</summary>
public sealed class DatabaseGoldenTests(LocalPostgres postgres)
{
    private const string Schema = """
        with tables as (
            select oid, relname from pg_class
            where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v') and relname !~ '[0-9]{4}_?[0-9]{2}_?[0-9]{2}'),
        lines(line) as (
            select relname || '.' || attname || ' ' || format_type(atttypid, atttypmod) || case when attnotnull then ' not null' else '' end
            from tables join pg_attribute on attrelid = tables.oid and attnum > 0 and not attisdropped
            union all
            select relname || ' constraint ' || conname || ' ' || pg_get_constraintdef(k.oid) from tables join pg_constraint k on conrelid = tables.oid and contype <> 'n'
            union all
            select pg_get_indexdef(indexrelid) from tables join pg_index on indrelid = tables.oid)
        select string_agg(line, e'\n' order by line collate "C") from lines
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task Tables_Migrated_AreAsRecorded() => CheckAsync("tables.txt", Schema);

    [Fact]
    public Task Migrations_Applied_HaveTheirRecordedIds() =>
        CheckAsync("migrations.txt", """select string_agg("MigrationId", e'\n' order by "MigrationId" collate "C") from schema_migrations""");

    private async Task CheckAsync(string file, string sql)
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);

        GoldenFile.Check(file, await database.ScalarAsync<string>(sql, Token) ?? "");
    }
}
