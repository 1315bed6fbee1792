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
        string? problem = null;
        try
        {
            await restorer.TryAsync(file, new NpgsqlConnectionStringBuilder(source.ConnectionString).Database ?? "platformdb", cancellationToken);
        }
        catch (BackupException exception)
        {
            problem = exception.Message;
        }

        await records.DrilledAsync(Path.GetFileName(file.Path), problem, cancellationToken);
        return problem;
    }
}
