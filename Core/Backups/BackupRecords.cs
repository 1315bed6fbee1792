using Npgsql;
using Platform.Contracts.Backups;
using Platform.Core.Storage;

namespace Platform.Core.Backups;

/// <summary>Records backups and restore drills in the database, for health checks and pages.</summary>
public sealed class BackupRecords(NpgsqlDataSource source)
{
    /// <summary>Name of the schedule that makes one each night.</summary>
    public const string NightlySchedule = "backup";

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

    /// <summary>A backup passed its restore drill.</summary>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public Task PassedAsync(BackupManifest manifest, CancellationToken cancellationToken) =>
        DrilledAsync(manifest.File, null, manifest.Counts.Count, manifest.Counts.Values.Sum(), cancellationToken);

    /// <summary>A backup failed its restore drill.</summary>
    /// <param name="file">Its name.</param>
    /// <param name="problem">Why not.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public Task FailedAsync(string file, string problem, CancellationToken cancellationToken) => DrilledAsync(file, problem, null, null, cancellationToken);

    /// <summary>Reads the newest backup and drill, and whether backups are expected.</summary>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public async Task<BackupState> ReadAsync(CancellationToken cancellationToken)
    {
        // Where no folder is set, the schedule's runs succeed and no backup comes of them.
        await using var command = source.CreateCommand(
            """
            select b.file, b.cause, b.size_bytes, b.created_at,
                d.file, d.problem, d.tables, d.rows, d.finished_at,
                coalesce(r.failed or r.made, exists (select from backups where cause <> 'manual')),
                (select installed_at from schema_state),
                now()
            from (select 1) one
            left join lateral (select * from backups order by created_at desc limit 1) b on true
            left join lateral (select * from backup_drills order by finished_at desc limit 1) d on true
            left join lateral (
                select state = 'failed' as failed, exists (select from backups where cause = 'nightly' and created_at >= started_at) as made
                from schedule_runs
                where schedule = @schedule and state in ('succeeded', 'failed')
                order by number desc
                limit 1) r on true
            """);
        command.Parameters.AddWithValue("schedule", NightlySchedule);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new BackupState(
            reader.IsDBNull(0) ? null : ReadBackup(reader),
            reader.IsDBNull(4) ? null : ReadDrill(reader),
            reader.GetBoolean(9),
            reader.IsDBNull(10) ? null : reader.GetFieldValue<DateTimeOffset>(10),
            reader.GetFieldValue<DateTimeOffset>(11));
    }

    private static RecordedBackup ReadBackup(NpgsqlDataReader reader) =>
        new(reader.GetString(0), EnumText.Parse<BackupCause>(reader.GetString(1)), reader.GetInt64(2), reader.GetFieldValue<DateTimeOffset>(3));

    private static BackupDrillResult ReadDrill(NpgsqlDataReader reader) => new(
        reader.GetString(4),
        reader.IsDBNull(5) ? null : reader.GetString(5),
        reader.IsDBNull(6) ? null : reader.GetInt32(6),
        reader.IsDBNull(7) ? null : reader.GetInt64(7),
        reader.GetFieldValue<DateTimeOffset>(8));

    private async Task DrilledAsync(string file, string? problem, int? tables, long? rows, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            "insert into backup_drills (id, file, problem, tables, rows) values (@id, @file, @problem, @tables, @rows)");
        command.Parameters.AddWithValue("id", Guid.CreateVersion7());
        command.Parameters.AddWithValue("file", file);
        command.Parameters.AddWithValue("problem", (object?)problem ?? DBNull.Value);
        command.Parameters.AddWithValue("tables", (object?)tables ?? DBNull.Value);
        command.Parameters.AddWithValue("rows", (object?)rows ?? DBNull.Value);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
