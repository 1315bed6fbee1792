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
        await source.Sql(
            "insert into backups (id, file, cause, version, size_bytes, created_at) values (@id, @file, @cause, @version, @size, @at)")
            .With("id", Guid.CreateVersion7())
            .With("file", manifest.File)
            .With("cause", EnumText.Of(manifest.Cause))
            .With("version", manifest.Version)
            .With("size", manifest.SizeBytes)
            .With("at", manifest.CreatedAt)
            .ExecuteAsync(cancellationToken);
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
        // Where no folder is set, the schedule's runs succeed without making a backup.
        return await source.Sql(
            """
            select b.file, b.cause, b.size_bytes, b.created_at,
                d.file as drill_file, d.problem, d.tables, d.rows, d.finished_at,
                coalesce(r.failed or r.made, exists (select from backups where cause <> 'manual')) as expected,
                (select installed_at from schema_state) as installed_at,
                now() as now
            from (select 1) one
            left join lateral (select * from backups order by created_at desc limit 1) b on true
            left join lateral (select * from backup_drills order by finished_at desc limit 1) d on true
            left join lateral (
                select state = 'failed' as failed, exists (select from backups where cause = 'nightly' and created_at >= started_at) as made
                from schedule_runs
                where schedule = @schedule and state in ('succeeded', 'failed')
                order by number desc
                limit 1) r on true
            """)
            .With("schedule", NightlySchedule)
            .SingleAsync(
                row => new BackupState(
                    row.IsNull("file") ? null : ReadBackup(row),
                    row.IsNull("drill_file") ? null : ReadDrill(row),
                    row.Get<bool>("expected"),
                    row.Get<DateTimeOffset?>("installed_at"),
                    row.Get<DateTimeOffset>("now")),
                cancellationToken);
    }

    private static RecordedBackup ReadBackup(SqlRow row) =>
        new(row.Get<string>("file"), row.Enum<BackupCause>("cause"), row.Get<long>("size_bytes"), row.Get<DateTimeOffset>("created_at"));

    private static BackupDrillResult ReadDrill(SqlRow row) => new(
        row.Get<string>("drill_file"),
        row.GetOrNull<string>("problem"),
        row.Get<int?>("tables"),
        row.Get<long?>("rows"),
        row.Get<DateTimeOffset>("finished_at"));

    private Task<int> DrilledAsync(string file, string? problem, int? tables, long? rows, CancellationToken cancellationToken) =>
        source.Sql("insert into backup_drills (id, file, problem, tables, rows) values (@id, @file, @problem, @tables, @rows)")
            .With("id", Guid.CreateVersion7()).With("file", file).With("problem", problem).With("tables", tables).With("rows", rows)
            .ExecuteAsync(cancellationToken);
}
