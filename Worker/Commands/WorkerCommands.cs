using System.CommandLine;
using Platform.Worker.Features.Backups;
using Platform.Worker.Features.Traces;

namespace Platform.Worker.Commands;

/// <summary>What the worker can be told on its command line; without a word it works until it is stopped.</summary>
internal static class WorkerCommands
{
    private static readonly TimeSpan CommandStopTimeout = TimeSpan.FromSeconds(20);

    private const int BadUsage = 2;

    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("The platform's worker: answers, imports, recurring work.")
        {
            MigrateCommand.Create(),
            BackupCommands.Backup(),
            BackupCommands.Restore(),
            BackupCommands.Drill(),
            TracesCommand.Create(CommandHost.BuildWithTraces, Console.OpenStandardOutput),
        };
        root.TreatUnmatchedTokensAsErrors = false;
        root.SetAction((_, _) => WorkerHost.RunAsync(args));
        var parsed = root.Parse(args);

        // The working host handles SIGTERM itself and drains for longer than a command line library would wait.
        var code = await parsed.InvokeAsync(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = parsed.CommandResult.Command == root ? null : CommandStopTimeout,
        });
        return parsed.Errors.Count > 0 ? BadUsage : code;
    }
}
