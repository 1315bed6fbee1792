using Npgsql;

namespace Platform.Core.Storage;

/// <summary>Checks whether indexes are valid, undamaged, used and not bloated.</summary>
public sealed class IndexInspection(NpgsqlDataSource source)
{
    private static readonly TimeSpan CheckTimeout = TimeSpan.FromMinutes(10);

    // Partitions come and go, and their indexes with them; only those of today are worth a look for use.
    private const string Unused =
        """
        select format('Index %s of %s (%s) was not used since statistics began on %s.', s.indexrelname, s.relname,
            pg_size_pretty(pg_relation_size(s.indexrelid)), to_char(d.stats_reset, 'YYYY-MM-DD')) as line
        from pg_stat_user_indexes s
        join pg_index i on i.indexrelid = s.indexrelid
        join pg_stat_database d on d.datname = current_database()
        where s.schemaname = 'public' and s.idx_scan = 0 and not i.indisunique and pg_relation_size(s.indexrelid) > 8 * 1024 * 1024
            and d.stats_reset < now() - interval '7 days' and s.relname !~ '_[0-9]{8}$'
        order by 1
        """;

    private const string Invalid =
        """
        select format('Index %s of %s is invalid: drop it and create it again.', i.indexrelid::regclass, i.indrelid::regclass) as line
        from pg_index i
        join pg_class c on c.oid = i.indexrelid
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'i' and not i.indisvalid
        order by 1
        """;

    private const string Bloated =
        """
        select format('Table %s has %s dead rows beside %s live ones; last vacuumed %s.', relname, n_dead_tup, n_live_tup,
            coalesce(to_char(greatest(last_vacuum, last_autovacuum), 'YYYY-MM-DD HH24:MI'), 'never')) as line
        from pg_stat_user_tables
        where schemaname = 'public' and n_dead_tup > 10000 and n_dead_tup > n_live_tup
        order by 1
        """;

    /// <summary>Checks all indexes.</summary>
    /// <returns>How many B-trees were checked to the bottom (null when the server lacks amcheck, or this role may not use it), and what an operator should check.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public async Task<(int? Checked, IReadOnlyList<string> Findings)> InspectAsync(CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        List<string> findings = [];
        foreach (var sql in (string[])[Invalid, Unused, Bloated])
        {
            findings.AddRange(await ReadAsync(connection, sql, cancellationToken));
        }

        if (!await HasAmcheckAsync(connection, cancellationToken))
        {
            return (null, findings);
        }

        var indexes = await ReadAsync(
            connection,
            """
            select c.oid::regclass::text as line
            from pg_class c
            join pg_index i on i.indexrelid = c.oid
            join pg_am on pg_am.oid = c.relam
            where c.relnamespace = 'public'::regnamespace and c.relkind = 'i' and pg_am.amname = 'btree' and i.indisvalid and c.relpersistence = 'p'
            order by 1
            """,
            cancellationToken);
        foreach (var index in indexes)
        {
            if (await DamageAsync(connection, index, cancellationToken) is { } damage)
            {
                findings.Add(damage);
            }
        }

        return (indexes.Count, findings);
    }

    private static async Task<bool> HasAmcheckAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await connection.Sql("create extension if not exists amcheck").ExecuteAsync(cancellationToken);
            return await connection.Sql("select has_function_privilege('bt_index_check(regclass)', 'execute')").ScalarAsync<bool>(cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.InsufficientPrivilege
            or PostgresErrorCodes.UndefinedFile or PostgresErrorCodes.FeatureNotSupported)
        {
            return false;
        }
    }

    private static async Task<string?> DamageAsync(NpgsqlConnection connection, string index, CancellationToken cancellationToken)
    {
        try
        {
            await connection.Sql("select bt_index_check(@index::text::regclass)").With("index", index).WithTimeout(CheckTimeout)
                .ExecuteAsync(cancellationToken);
            return null;
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.IndexCorrupted or PostgresErrorCodes.DataCorrupted)
        {
            return $"Index {index} is damaged ({exception.MessageText}): run REINDEX, and check disk and memory for the cause.";
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedObject)
        {
            // Dropped since it was listed, as day partitions are.
            return null;
        }
    }

    private static Task<List<string>> ReadAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken) =>
        connection.Sql(sql).ListAsync(row => row.Get<string>("line"), cancellationToken);
}
