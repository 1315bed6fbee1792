using System.Data;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Platform.Contracts.Backups;
using Platform.Core.Files;
using Platform.Core.Storage;

namespace Platform.Core.Backups;

/// <summary>Backs up the database while it is in use. Dump and manifest come from one snapshot.</summary>
public sealed partial class BackupMaker(NpgsqlDataSource source, PostgresTool tool, IOptions<BackupOptions> options, BackupRecords records, ILogger<BackupMaker> logger)
{
    /// <summary>Makes a backup and checks that its table of contents can be read. An incomplete one keeps another name and replaces nothing.</summary>
    /// <param name="folder">The target folder.</param>
    /// <param name="cause">Why.</param>
    /// <param name="version">Of the platform that makes it.</param>
    /// <param name="cancellationToken">Ends it; nothing stays.</param>
    /// <exception cref="BackupException">It could not be made.</exception>
    public async Task<BackupFile> MakeAsync(string folder, BackupCause cause, string version, CancellationToken cancellationToken)
    {
        MakeFolder(folder);
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var id = await connection.Sql("select pg_export_snapshot()").ScalarAsync<string>(cancellationToken)
            ?? throw new BackupException("Postgres exported no snapshot.");
        var contents = await ContentsReader.ReadAsync(connection, sample: null, cancellationToken);
        var file = BackupFile.New(folder, contents.At, cause);
        try
        {
            // pg_dump writes into the file that is there, and leaves it to its owner.
            await PrivateFile.Create(file.UnfinishedPath).DisposeAsync();
            await DumpAsync(connection, id, file.UnfinishedPath, cancellationToken);
            var manifest = new BackupManifest
            {
                File = Path.GetFileName(file.Path),
                Cause = cause,
                CreatedAt = contents.At,
                Version = version,
                Migration = contents.Migration,
                Server = contents.Server,
                SizeBytes = new FileInfo(file.UnfinishedPath).Length,
                Sha256 = await BackupFile.HashAsync(file.UnfinishedPath, cancellationToken),
                Counts = contents.Counts,
                Sequences = contents.Sequences,
                TraceSample = contents.TraceSample,
            };
            File.Move(file.UnfinishedPath, file.Path, overwrite: false);
            await WriteWholeAsync(file.ManifestPath, manifest.ToJson(), cancellationToken);
            await snapshot.CommitAsync(cancellationToken);
            await records.MadeAsync(manifest, cancellationToken);
            LogMade(file.Path, manifest.SizeBytes);
            return file;
        }
        finally
        {
            File.Delete(file.UnfinishedPath);
        }
    }

    /// <summary>Deletes the nightly backups of a folder beyond those that stay, the oldest first.</summary>
    /// <returns>How many were deleted.</returns>
    public int Prune(string folder)
    {
        var old = BackupFile.In(folder).Where(file => file.Path.EndsWith($"-{EnumText.Of(BackupCause.Nightly)}.dump", StringComparison.Ordinal))
            .Skip(options.Value.KeepNightly).ToList();
        foreach (var file in old)
        {
            file.Delete();
        }

        return old.Count;
    }

    private async Task DumpAsync(NpgsqlConnection connection, string snapshot, string path, CancellationToken cancellationToken)
    {
        await tool.RunAsync(
            "pg_dump",
            ["--format=custom", "--compress=6", "--no-owner", "--no-privileges", "--no-blobs", $"--snapshot={snapshot}", $"--file={path}"],
            tool.Platform,
            connection.Database,
            cancellationToken);
        await tool.RunAsync("pg_restore", ["--list", path], login: null, database: null, cancellationToken);
    }

    private static void MakeFolder(string folder)
    {
        try
        {
            PrivateFile.CreateFolder(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BackupException($"Backups cannot be written to {folder}: {exception.Message}", exception);
        }
    }

    private static async Task WriteWholeAsync(string path, string text, CancellationToken cancellationToken)
    {
        await using (var file = PrivateFile.Create(path + ".unfinished"))
        {
            await file.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
        }

        File.Move(path + ".unfinished", path, overwrite: true);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Backup {File} made: {SizeBytes} bytes")]
    private partial void LogMade(string file, long sizeBytes);
}
