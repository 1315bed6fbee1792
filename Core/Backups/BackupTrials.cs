using Npgsql;

namespace Platform.Core.Backups;

/// <summary>Restores backups for a trial and remembers what came of it.</summary>
public sealed class BackupTrials(NpgsqlDataSource source, BackupRestorer restorer, BackupRecords records)
{
    /// <summary>Tries one.</summary>
    /// <returns>Why it cannot be restored; null when it can.</returns>
    /// <exception cref="NpgsqlException">Postgres went away.</exception>
    public async Task<string?> TryAsync(BackupFile file, CancellationToken cancellationToken)
    {
        try
        {
            var manifest = await restorer.TryAsync(file, new NpgsqlConnectionStringBuilder(source.ConnectionString).Database ?? "platformdb", cancellationToken);
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
