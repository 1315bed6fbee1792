using System.CommandLine;
using Microsoft.Extensions.Options;
using Npgsql;
using Platform.Contracts.Backups;
using Platform.Core.Backups;
using Platform.Core.Storage;
using Platform.ServiceDefaults.Startup;
using Platform.Worker.Commands;

namespace Platform.Worker.Features.Backups;

/// <summary><c>worker backup</c>, <c>restore</c> and <c>drill</c>. Each exits with 0 on success, else with 1 and the reason on standard error.</summary>
internal static class BackupCommands
{
    private const int Failed = 1;

    public static Command Backup()
    {
        var causes = Enum.GetValues<BackupCause>().ToDictionary(EnumText.Of, StringComparer.OrdinalIgnoreCase);
        var cause = new Option<string>("--cause")
        {
            Description = "Why the backup is made; part of the file's name.",
            HelpName = string.Join('|', causes.Keys.Order(StringComparer.Ordinal)),
            DefaultValueFactory = _ => EnumText.Of(BackupCause.Manual),
        };
        cause.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var written }] && !causes.ContainsKey(written))
            {
                result.AddError($"--cause must be one of {string.Join(", ", causes.Keys)}, not '{written}'.");
            }
        });
        var folder = Folder();
        var command = new Command("backup", "Back up the database while it is in use. Prints the file's path.") { cause, folder };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, async services =>
        {
            var file = await services.GetRequiredService<BackupMaker>().MakeAsync(
                Where(services, parsed.GetValue(folder)),
                causes[parsed.GetRequiredValue(cause)],
                services.GetRequiredService<BuildInformation>().VersionAndCommit(),
                cancellationToken);
            await Console.Out.WriteLineAsync(file.Path);
        }));
        return command;
    }

    public static Command Restore()
    {
        var file = new Argument<string>("file") { Description = "The .dump file of the backup; its .json must be in the same folder." };
        var yes = new Option<bool>("--yes") { Description = "Confirm that the current database is replaced; required." };
        var command = new Command("restore", "Replace the database with a backup. Stop Api and Worker first.") { file, yes };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, async services =>
        {
            var database = new NpgsqlConnectionStringBuilder(services.GetRequiredService<NpgsqlDataSource>().ConnectionString).Database ?? StorageOptions.ConnectionName;
            if (!parsed.GetValue(yes))
            {
                throw new BackupException($"This replaces the database '{database}'; everything written since the backup is lost. Add --yes to confirm.");
            }

            var manifest = await services.GetRequiredService<BackupRestorer>().RestoreAsync(new BackupFile(parsed.GetValue(file) ?? ""), database, cancellationToken);
            await Console.Out.WriteLineAsync($"{manifest.File} of {manifest.CreatedAt:u} was restored: {manifest.Counts.Values.Sum()} rows in {manifest.Counts.Count} tables, as in the backup.");
        }));
        return command;
    }

    public static Command Drill()
    {
        var folder = Folder();
        var command = new Command("drill", "Restore the newest backup into a scratch database, compare the contents, and drop the scratch database.") { folder };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, async services =>
        {
            var where = Where(services, parsed.GetValue(folder));
            var newest = BackupFile.In(where) is [var first, ..] ? first : throw new BackupException($"There is no backup in {where}. Make one with 'worker backup'.");
            if (await services.GetRequiredService<BackupDrills>().DrillAsync(newest, cancellationToken) is { } problem)
            {
                throw new BackupException(problem);
            }

            await Console.Out.WriteLineAsync($"{Path.GetFileName(newest.Path)} passed its restore drill.");
        }));
        return command;
    }

    private static Option<string?> Folder() => new("--folder") { Description = "The folder of backups. Default: BACKUPS_DIR." };

    private static string Where(IServiceProvider services, string? folder) =>
        folder ?? services.GetRequiredService<IOptions<BackupOptions>>().Value.Directory
        ?? throw new BackupException("No folder for backups is set: use --folder or set BACKUPS_DIR.");

    private static Task<int> RunAsync(ParseResult parsed, Func<IServiceProvider, Task> run) => CommandRun.RunAsync(
        CommandHost.BuildWithBackups,
        parsed.InvocationConfiguration.Error,
        async services =>
        {
            try
            {
                await run(services);
                return 0;
            }
            catch (Exception exception) when (exception is BackupException or PostgresException && !CommandRun.IsDatabaseAway(exception))
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync(exception.Message);
                return Failed;
            }
        });
}
