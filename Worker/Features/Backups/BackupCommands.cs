using System.CommandLine;
using Microsoft.Extensions.Options;
using Npgsql;
using Platform.Contracts.Backups;
using Platform.Core.Backups;
using Platform.Core.Storage;
using Platform.ServiceDefaults.Startup;
using Platform.Worker.Commands;

namespace Platform.Worker.Features.Backups;

/// <summary><c>worker backup</c>, <c>restore</c> and <c>drill</c>. Each ends with 0 when all went well and says on the standard error what did not.</summary>
internal static class BackupCommands
{
    private const int Failed = 1;

    public static Command Backup()
    {
        var cause = new Option<BackupCause>("--cause") { Description = "Why: manual, deploy or nightly.", DefaultValueFactory = _ => BackupCause.Manual };
        var folder = Folder();
        var command = new Command("backup", "Copy the database while it is used. Prints the file's name.") { cause, folder };
        command.SetAction((parsed, cancellationToken) => RunAsync(async services =>
        {
            var file = await services.GetRequiredService<BackupMaker>().MakeAsync(
                Where(services, parsed.GetValue(folder)),
                parsed.GetValue(cause),
                services.GetRequiredService<BuildInformation>().VersionAndCommit(),
                cancellationToken);
            await Console.Out.WriteLineAsync(file.Path);
        }));
        return command;
    }

    public static Command Restore()
    {
        var file = new Argument<string>("file") { Description = "The .dump; its .json lies beside it." };
        var yes = new Option<bool>("--yes") { Description = "What is in the database now is replaced; without this nothing is done." };
        var command = new Command("restore", "Put a backup in the place of the database. Stop Api and Worker first.") { file, yes };
        command.SetAction((parsed, cancellationToken) => RunAsync(async services =>
        {
            var database = new NpgsqlConnectionStringBuilder(services.GetRequiredService<NpgsqlDataSource>().ConnectionString).Database ?? StorageOptions.ConnectionName;
            if (!parsed.GetValue(yes))
            {
                throw new BackupException($"This replaces the database '{database}' and all that came since the backup. Say --yes if you mean it.");
            }

            var manifest = await services.GetRequiredService<BackupRestorer>().RestoreAsync(new BackupFile(parsed.GetValue(file) ?? ""), database, cancellationToken);
            await Console.Out.WriteLineAsync($"{manifest.File} of {manifest.CreatedAt:u} is in place: {manifest.Counts.Values.Sum()} rows in {manifest.Counts.Count} tables, as when it was made.");
        }));
        return command;
    }

    public static Command Drill()
    {
        var folder = Folder();
        var command = new Command("drill", "Restore the newest backup into a database of its own, compare, and drop that again.") { folder };
        command.SetAction((parsed, cancellationToken) => RunAsync(async services =>
        {
            var where = Where(services, parsed.GetValue(folder));
            var newest = BackupFile.In(where) is [var first, ..] ? first : throw new BackupException($"There is no backup in {where}: make one with 'worker backup'.");
            if (await services.GetRequiredService<BackupTrials>().TryAsync(newest, cancellationToken) is { } problem)
            {
                throw new BackupException(problem);
            }

            await Console.Out.WriteLineAsync($"{Path.GetFileName(newest.Path)} can be restored.");
        }));
        return command;
    }

    private static Option<string?> Folder() => new("--folder") { Description = "The folder of backups; BACKUPS_DIR says it otherwise." };

    private static string Where(IServiceProvider services, string? folder) =>
        folder ?? services.GetRequiredService<IOptions<BackupOptions>>().Value.Directory
        ?? throw new BackupException("No folder for backups is set: say --folder, or set BACKUPS_DIR.");

    private static async Task<int> RunAsync(Func<IServiceProvider, Task> run)
    {
        using var host = CommandHost.BuildWithBackups();
        try
        {
            await run(host.Services);
            return 0;
        }
        catch (Exception exception) when (exception is BackupException or NpgsqlException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return Failed;
        }
    }
}
