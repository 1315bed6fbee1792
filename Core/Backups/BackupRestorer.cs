using System.Globalization;
using Microsoft.Extensions.Logging;
using Npgsql;
using Platform.Core.Storage;

namespace Platform.Core.Backups;

/// <summary>Makes databases out of backups, and believes them only when they hold what the manifest says.</summary>
public sealed partial class BackupRestorer(PostgresTool tool, ILogger<BackupRestorer> logger)
{
    private const string Maintenance = "postgres";
    private const int Jobs = 2;

    /// <summary>Puts a backup in the place of a database. Until it is whole and compared, what is there stays as it is.</summary>
    /// <param name="file">The backup.</param>
    /// <param name="database">Its place; need not exist. Whoever is connected to it is thrown out.</param>
    /// <param name="cancellationToken">Ends it; what is there stays then.</param>
    /// <exception cref="BackupException">The backup is damaged, or differs from its manifest when it is restored.</exception>
    public async Task<BackupManifest> RestoreAsync(BackupFile file, string database, CancellationToken cancellationToken)
    {
        var fresh = $"{database}_restoring";
        var manifest = await IntoAsync(file, fresh, cancellationToken);
        await using var connection = await tool.OpenAsync(Maintenance, cancellationToken);
        var old = $"{database}_replaced";
        await DropAsync(connection, old, cancellationToken);
        await using (var exchange = await connection.BeginTransactionAsync(cancellationToken))
        {
            if (await ExistsAsync(connection, database, cancellationToken))
            {
                await RunAsync(connection, $"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{database}'", cancellationToken);
                await RunAsync(connection, $"alter database {Quoted(database)} rename to {Quoted(old)}", cancellationToken);
            }

            await RunAsync(connection, $"alter database {Quoted(fresh)} rename to {Quoted(database)}", cancellationToken);
            await exchange.CommitAsync(CancellationToken.None);
        }

        await DropAsync(connection, old, CancellationToken.None);
        LogRestored(file.Path, database);
        return manifest;
    }

    /// <summary>Restores a backup into a database of its own, compares, and drops that again.</summary>
    /// <inheritdoc cref="RestoreAsync"/>
    public async Task<BackupManifest> TryAsync(BackupFile file, string database, CancellationToken cancellationToken)
    {
        var scratch = $"{database}_drill";
        try
        {
            return await IntoAsync(file, scratch, cancellationToken);
        }
        finally
        {
            await using var connection = await tool.OpenAsync(Maintenance, CancellationToken.None);
            await DropAsync(connection, scratch, CancellationToken.None);
        }
    }

    private async Task<BackupManifest> IntoAsync(BackupFile file, string database, CancellationToken cancellationToken)
    {
        var manifest = await file.VerifyAsync(cancellationToken);
        await using (var connection = await tool.OpenAsync(Maintenance, cancellationToken))
        {
            await DropAsync(connection, database, cancellationToken);
            await RunAsync(connection, $"create database {Quoted(database)} template template0", cancellationToken);
        }

        await tool.RunAsync(
            "pg_restore",
            ["--exit-on-error", "--no-owner", "--no-privileges", string.Create(CultureInfo.InvariantCulture, $"--jobs={Jobs}"), file.Path],
            database,
            cancellationToken);
        await using var restored = await tool.OpenAsync(database, cancellationToken);
        var contents = await ContentsReader.ReadAsync(restored, manifest.TraceSample.Keys, cancellationToken);
        var differences = ContentsComparison.Differences(manifest, contents);
        return differences.Count == 0
            ? manifest
            : throw new BackupException($"{file.Path} restores to something else than it was made from: {string.Join("; ", differences)}.");
    }

    private static Task<bool> ExistsAsync(NpgsqlConnection connection, string database, CancellationToken cancellationToken) =>
        connection.Sql("select exists (select from pg_database where datname = @name)").With("name", database).ScalarAsync<bool>(cancellationToken);

    private static Task<int> DropAsync(NpgsqlConnection connection, string database, CancellationToken cancellationToken) =>
        RunAsync(connection, $"drop database if exists {Quoted(database)} with (force)", cancellationToken);

    private static Task<int> RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken) =>
        connection.Sql(sql).ExecuteAsync(cancellationToken);

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    [LoggerMessage(Level = LogLevel.Information, Message = "Backup {File} is in the place of {Database}")]
    private partial void LogRestored(string file, string database);
}
