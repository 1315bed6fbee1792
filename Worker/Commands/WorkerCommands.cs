using System.CommandLine;
using Platform.Worker.Features.Backups;
using Platform.Worker.Features.Traces;

namespace Platform.Worker.Commands;

/// <summary>The worker's command line; without a command it runs the worker until it is stopped.</summary>
internal static class WorkerCommands
{
    private static readonly TimeSpan CommandStopTimeout = TimeSpan.FromSeconds(20);

    private const int BadUsage = 2;

    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("The platform's background worker. Without a command it runs until it is stopped: it runs bots, delivers webhooks and runs scheduled jobs.")
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
