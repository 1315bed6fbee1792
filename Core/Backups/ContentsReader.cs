using System.Security.Cryptography;
using Npgsql;
using Platform.Core.Storage;
using Platform.Core.Traces;

namespace Platform.Core.Backups;

/// <summary>Reads what is in a database: all of it at one moment, if it is asked inside a transaction that keeps one.</summary>
internal static class ContentsReader
{
    /// <summary>How many trace documents are hashed.</summary>
    private const int Sampled = 50;

    /// <summary>Reads everything.</summary>
    /// <param name="connection">Open; maybe in a transaction.</param>
    /// <param name="sample">The traces to hash; null takes some.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<DatabaseContents> ReadAsync(NpgsqlConnection connection, IEnumerable<string>? sample, CancellationToken cancellationToken)
    {
        var tables = await ListAsync(
            connection,
            "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition order by relname",
            cancellationToken);
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in tables)
        {
            counts[table] = await ScalarAsync<long>(connection, $"select count(*) from {Quoted(table)}", cancellationToken);
        }

        return new DatabaseContents(
            await ScalarAsync<string>(connection, $"select max(\"MigrationId\") from {StorageRegistration.HistoryTable}", cancellationToken),
            await ScalarAsync<string>(connection, "select current_setting('server_version')", cancellationToken),
            new DateTimeOffset(await ScalarAsync<DateTime>(connection, "select now()", cancellationToken), TimeSpan.Zero),
            counts,
            await SequencesAsync(connection, cancellationToken),
            await SampleAsync(connection, sample, cancellationToken));
    }

    private static async Task<IReadOnlyDictionary<string, long?>> SequencesAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var sequences = new SortedDictionary<string, long?>(StringComparer.Ordinal);
        await using var command = new NpgsqlCommand("select sequencename, last_value from pg_sequences where schemaname = 'public'", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            sequences[reader.GetString(0)] = reader.IsDBNull(1) ? null : reader.GetInt64(1);
        }

        return sequences;
    }

    private static async Task<IReadOnlyDictionary<string, string>> SampleAsync(
        NpgsqlConnection connection, IEnumerable<string>? sample, CancellationToken cancellationToken)
    {
        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await using var command = new NpgsqlCommand(
            sample is null
                ? $"select trace_id, content, size_bytes from trace_documents order by md5(trace_id::text) limit {Sampled}"
                : "select trace_id, content, size_bytes from trace_documents where trace_id = any(@ids)",
            connection);
        if (sample is not null)
        {
            command.Parameters.AddWithValue("ids", sample.Select(Guid.Parse).ToArray());
        }

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var document = CompressedContent.Expand(reader.GetFieldValue<byte[]>(1), reader.GetInt32(2));
            hashes[reader.GetGuid(0).ToString()] = Convert.ToHexStringLower(SHA256.HashData(document));
        }

        return hashes;
    }

    private static async Task<List<string>> ListAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<string> values = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            values.Add(reader.GetString(0));
        }

        return values;
    }

    private static async Task<T> ScalarAsync<T>(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        return await command.ExecuteScalarAsync(cancellationToken) is T value
            ? value
            : throw new BackupException($"The database has no platform schema ('{sql}' returned nothing). Run 'worker migrate' first.");
    }

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
