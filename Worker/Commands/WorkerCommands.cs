using System.CommandLine;
using Platform.ServiceDefaults.Health;
using Platform.ServiceDefaults.Startup;
using Platform.Worker.Features.Backups;
using Platform.Worker.Features.Traces;

namespace Platform.Worker.Commands;

/// <summary>The worker's command line; without a command it runs the worker until it is stopped.</summary>
internal static class WorkerCommands
{
    private const string About =
        """
        The platform's background worker: runs bots, delivers webhooks and runs scheduled jobs. Without a command it runs until it is stopped.

        Settings come from environment variables (Http__Timeout), appsettings.json and, without a command, arguments (--Http:Timeout=00:00:10).
        docs/configuration.md lists them. Commands that use the database need ConnectionStrings__platformdb, such as
        'Host=localhost;Username=…;Password=…;Database=platformdb'. To run the whole platform: ./run on a laptop, ./platform on a server (docs/operations.md).
        """;

    private static readonly TimeSpan CommandStopTimeout = TimeSpan.FromSeconds(20);

    /// <summary>Runs a command, or the worker.</summary>
    /// <returns>The exit code; 2 when the command line cannot be understood.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        var root = Create(args);
        var isCommand = args is [var first, ..] && root.Subcommands.Any(command => command.Name == first);
        if (!isCommand && !HostArguments.AsksForHelp(args) && args is not ["--version"])
        {
            if (HostArguments.FindUnknown(args) is { } unknown)
            {
                await error.WriteLineAsync(HostArguments.Refusal(unknown));
                return HostArguments.BadUsage;
            }

            // The host handles SIGTERM itself, and drains for longer than a command line library would wait.
            return await WorkerHost.RunAsync(args);
        }

        var parsed = root.Parse(args is ["help", ..] ? ["--help"] : args);
        if (parsed.Errors.Count > 0)
        {
            await error.WriteLineAsync(UsageError.Of(parsed));
            return HostArguments.BadUsage;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = CommandStopTimeout,
        });
    }

    private static RootCommand Create(string[] args)
    {
        var root = new RootCommand(About)
        {
            Health(args),
            MigrateCommand.Create(),
            BackupCommands.Backup(),
            BackupCommands.Restore(),
            BackupCommands.Drill(),
            TracesCommand.Create(CommandHost.BuildWithTraces, Console.OpenStandardOutput),
        };
        root.SetAction(_ => 0); // Never runs; without an action the usage would say that a command is required.
        return root;
    }

    private static Command Health(string[] args)
    {
        var what = new Argument<string?>("alive") { Description = "The word 'alive': check that the process answers, even if it is not ready.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("health", "Check that the worker in the same container is ready; health alive: that its process answers. Exit code 0 or 1.") { what };
        command.SetAction(async (_, cancellationToken) => await HealthCommand.TryRunAsync(args, cancellationToken) ?? HostArguments.BadUsage);
        return command;
    }
}
