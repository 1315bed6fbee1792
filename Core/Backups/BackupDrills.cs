using Npgsql;

namespace Platform.Core.Backups;

/// <summary>Runs restore drills and records their results.</summary>
public sealed class BackupDrills(NpgsqlDataSource source, BackupRestorer restorer, BackupRecords records)
{
    /// <summary>Restores a backup into a scratch database and compares.</summary>
    /// <returns>Why it cannot be restored; null when it can.</returns>
    /// <exception cref="NpgsqlException">Postgres became unavailable.</exception>
    public async Task<string?> DrillAsync(BackupFile file, CancellationToken cancellationToken)
    {
        try
        {
            var manifest = await restorer.DrillAsync(file, new NpgsqlConnectionStringBuilder(source.ConnectionString).Database ?? "platformdb", cancellationToken);
            await records.PassedAsync(manifest, cancellationToken);
            return null;
        }
        catch (BackupException exception)
        {
            await records.FailedAsync(Path.GetFileName(file.Path), exception.Message, cancellationToken);
            return exception.Message;
        }
    }
}
