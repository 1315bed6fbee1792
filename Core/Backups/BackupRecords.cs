using Npgsql;
using Platform.Core.Storage;

namespace Platform.Core.Backups;

/// <summary>Remembers in the database which backups were made and which could be restored: what health and pages tell of.</summary>
public sealed class BackupRecords(NpgsqlDataSource source)
{
    /// <summary>A backup was made.</summary>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public async Task MadeAsync(BackupManifest manifest, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            "insert into backups (id, file, cause, version, size_bytes, created_at) values (@id, @file, @cause, @version, @size, @at)");
        command.Parameters.AddWithValue("id", Guid.CreateVersion7());
        command.Parameters.AddWithValue("file", manifest.File);
        command.Parameters.AddWithValue("cause", EnumText.Of(manifest.Cause));
        command.Parameters.AddWithValue("version", manifest.Version);
        command.Parameters.AddWithValue("size", manifest.SizeBytes);
        command.Parameters.AddWithValue("at", manifest.CreatedAt);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>A backup was restored for a trial.</summary>
    /// <param name="file">Its name.</param>
    /// <param name="problem">Why it could not be; null when it could.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public async Task DrilledAsync(string file, string? problem, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("insert into backup_drills (id, file, problem) values (@id, @file, @problem)");
        command.Parameters.AddWithValue("id", Guid.CreateVersion7());
        command.Parameters.AddWithValue("file", file);
        command.Parameters.AddWithValue("problem", (object?)problem ?? DBNull.Value);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Reads the newest of each.</summary>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public async Task<BackupState> ReadAsync(CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            select b.file, b.size_bytes, b.created_at, d.file, d.problem, d.finished_at
            from (select 1) one
            left join lateral (select * from backups order by created_at desc limit 1) b on true
            left join lateral (select * from backup_drills order by finished_at desc limit 1) d on true
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new BackupState(
            reader.IsDBNull(0) ? null : new MadeBackup(reader.GetString(0), reader.GetInt64(1), reader.GetFieldValue<DateTimeOffset>(2)),
            reader.IsDBNull(3) ? null : new BackupTrial(reader.GetString(3), reader.IsDBNull(4) ? null : reader.GetString(4), reader.GetFieldValue<DateTimeOffset>(5)));
    }
}
