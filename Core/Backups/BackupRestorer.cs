using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Npgsql;
using Platform.Core.Storage;

namespace Platform.Core.Backups;

/// <summary>Restores backups into databases and compares the result with the manifest.</summary>
public sealed partial class BackupRestorer(PostgresTool tool, ILogger<BackupRestorer> logger)
{
    private const string Maintenance = "postgres";
    private const int Jobs = 2;

    /// <summary>Replaces a database with a backup. The current database stays until the backup is restored and compared.</summary>
    /// <param name="file">The backup.</param>
    /// <param name="database">The database to replace; need not exist. Its connections are terminated.</param>
    /// <param name="cancellationToken">Cancels it; the current database stays.</param>
    /// <exception cref="BackupException">The backup is damaged, or differs from its manifest when it is restored.</exception>
    public async Task<BackupManifest> RestoreAsync(BackupFile file, string database, CancellationToken cancellationToken)
    {
        var fresh = $"{database}_restoring";
        var manifest = await IntoAsync(file, tool.Platform, fresh, cancellationToken);
        await using (var restored = await PostgresTool.OpenAsync(tool.Platform, fresh, cancellationToken))
        {
            await DatabaseGrants.ApplyAsync(restored, cancellationToken);
        }

        await using var connection = await PostgresTool.OpenAsync(tool.Platform, Maintenance, cancellationToken);
        var old = $"{database}_replaced";
        await DropAsync(connection, old, cancellationToken);
        await using (var exchange = await connection.BeginTransactionAsync(cancellationToken))
        {
            if (await ExistsAsync(connection, database, cancellationToken))
            {
                await RunAsync(connection, TerminateClients(database), cancellationToken);
                await RunAsync(connection, $"alter database {Quoted(database)} rename to {Quoted(old)}", cancellationToken);
            }

            await RunAsync(connection, $"alter database {Quoted(fresh)} rename to {Quoted(database)}", cancellationToken);
            await exchange.CommitAsync(CancellationToken.None);
        }

        await DropAsync(connection, old, CancellationToken.None);
        LogRestored(file.Path, database);
        return manifest;
    }

    /// <summary>Restores a backup into a scratch database, compares it with its manifest, and drops it.</summary>
    /// <inheritdoc cref="RestoreAsync"/>
    public async Task<BackupManifest> DrillAsync(BackupFile file, string database, CancellationToken cancellationToken)
    {
        var scratch = $"{database}_drill";
        try
        {
            return await IntoAsync(file, tool.Drill, scratch, cancellationToken);
        }
        finally
        {
            await using var connection = await PostgresTool.OpenAsync(tool.Drill, Maintenance, CancellationToken.None);
            await DropAsync(connection, scratch, CancellationToken.None);
        }
    }

    private async Task<BackupManifest> IntoAsync(BackupFile file, NpgsqlConnectionStringBuilder login, string database, CancellationToken cancellationToken)
    {
        var manifest = await file.VerifyAsync(cancellationToken);
        await using (var connection = await PostgresTool.OpenAsync(login, Maintenance, cancellationToken))
        {
            await DropAsync(connection, database, cancellationToken);
            await RunAsync(connection, $"create database {Quoted(database)} template template0", cancellationToken);
        }

        var items = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            await ListWithoutExtensionsAsync(file, items, cancellationToken);
            await tool.RunAsync(
                "pg_restore",
                ["--exit-on-error", "--no-owner", "--no-privileges", string.Create(CultureInfo.InvariantCulture, $"--jobs={Jobs}"), $"--use-list={items}", file.Path],
                login,
                database,
                cancellationToken);
        }
        finally
        {
            File.Delete(items);
        }

        await using var restored = await PostgresTool.OpenAsync(login, database, cancellationToken);
        var contents = await ContentsReader.ReadAsync(restored, manifest.TraceSample.Keys, cancellationToken);
        var differences = ContentsComparison.Differences(manifest, contents);
        return differences.Count == 0
            ? manifest
            : throw new BackupException($"{file.Path} does not match its manifest after the restore: {string.Join("; ", differences)}.");
    }

    /// <summary>Creating an extension takes a superuser, and the platform's data needs none: amcheck, which index checks use, comes with the roles.</summary>
    private async Task ListWithoutExtensionsAsync(BackupFile file, string path, CancellationToken cancellationToken)
    {
        await tool.RunAsync("pg_restore", ["--list", $"--file={path}", file.Path], login: null, database: null, cancellationToken);
        var items = await File.ReadAllLinesAsync(path, cancellationToken);
        await File.WriteAllLinesAsync(path, items.Where(item => !Extension.IsMatch(item)), cancellationToken);
    }

    // A superuser's session, such as an open psql, may be ended by a superuser only; the renaming then says that the database is in use.
    private static string TerminateClients(string database) =>
        $"""
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = '{database}' and backend_type = 'client backend'
            and (usesysid not in (select oid from pg_roles where rolsuper) or (select rolsuper from pg_roles where rolname = current_user))
        """;

    private static Task<bool> ExistsAsync(NpgsqlConnection connection, string database, CancellationToken cancellationToken) =>
        connection.Sql("select exists (select from pg_database where datname = @name)").With("name", database).ScalarAsync<bool>(cancellationToken);

    private static Task<int> DropAsync(NpgsqlConnection connection, string database, CancellationToken cancellationToken) =>
        RunAsync(connection, $"drop database if exists {Quoted(database)} with (force)", cancellationToken);

    private static Task<int> RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken) =>
        connection.Sql(sql).ExecuteAsync(cancellationToken);

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    [LoggerMessage(Level = LogLevel.Information, Message = "Backup {File} restored into {Database}")]
    private partial void LogRestored(string file, string database);

    // Such as "2; 3079 16385 EXTENSION - amcheck".
    [GeneratedRegex(@"^\d+; \d+ \d+ (COMMENT - )?EXTENSION ")]
    private static partial Regex Extension { get; }
}
