using System.Security.Cryptography;
using Npgsql;
using Platform.Core.Storage;
using Platform.Core.Traces;

namespace Platform.Core.Backups;

/// <summary>Reads the contents of a database: from one snapshot if called inside a transaction that has one.</summary>
internal static class ContentsReader
{
    /// <summary>How many trace documents are hashed.</summary>
    private const int Sampled = 50;

    /// <summary>Reads everything.</summary>
    /// <param name="connection">Open; maybe in a transaction.</param>
    /// <param name="sample">The traces to hash; null means some.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<DatabaseContents> ReadAsync(NpgsqlConnection connection, IEnumerable<string>? sample, CancellationToken cancellationToken)
    {
        var tables = await connection.Sql(
            "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition order by relname")
            .ListAsync(row => row.Get<string>("relname"), cancellationToken);
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in tables)
        {
            counts[table] = await ScalarAsync<long>(connection, $"select count(*) from {Quoted(table)}", cancellationToken);
        }

        return new DatabaseContents(
            await ScalarAsync<string>(connection, $"select max(\"MigrationId\") from {StorageRegistration.HistoryTable}", cancellationToken),
            await ScalarAsync<string>(connection, "select current_setting('server_version')", cancellationToken),
            await ScalarAsync<DateTimeOffset>(connection, "select now()", cancellationToken),
            counts,
            await SequencesAsync(connection, cancellationToken),
            await SampleAsync(connection, sample, cancellationToken));
    }

    private static async Task<IReadOnlyDictionary<string, long?>> SequencesAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var sequences = new SortedDictionary<string, long?>(StringComparer.Ordinal);
        await foreach (var row in connection.Sql("select sequencename, last_value from pg_sequences where schemaname = 'public'").RowsAsync(cancellationToken))
        {
            sequences[row.Get<string>("sequencename")] = row.Get<long?>("last_value");
        }

        return sequences;
    }

    private static async Task<IReadOnlyDictionary<string, string>> SampleAsync(
        NpgsqlConnection connection, IEnumerable<string>? sample, CancellationToken cancellationToken)
    {
        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var documents = sample is null
            ? connection.Sql($"select trace_id, content, size_bytes from trace_documents order by md5(trace_id::text) limit {Sampled}")
            : connection.Sql("select trace_id, content, size_bytes from trace_documents where trace_id = any(@ids)").With("ids", sample.Select(Guid.Parse).ToArray());
        await foreach (var row in documents.RowsAsync(cancellationToken))
        {
            var document = CompressedContent.Expand(row.Get<byte[]>("content"), row.Get<int>("size_bytes"));
            hashes[row.Get<Guid>("trace_id").ToString()] = Convert.ToHexStringLower(SHA256.HashData(document));
        }

        return hashes;
    }

    private static async Task<T> ScalarAsync<T>(NpgsqlConnection connection, string sql, CancellationToken cancellationToken) =>
        await connection.Sql(sql).WithTimeout(Timeout.InfiniteTimeSpan).ScalarAsync<T>(cancellationToken)
            ?? throw new BackupException($"The database has no platform schema ('{sql}' returned nothing). Run 'worker migrate' first.");

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
