using System.CommandLine;
using Platform.Worker.Features.Traces;

namespace Platform.Worker.Commands;

/// <summary>What the worker can be told on its command line; without a word it works until it is stopped.</summary>
internal static class WorkerCommands
{
    public static Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("The platform's worker: answers, imports, recurring work.") { MigrateCommand.Create(), TracesCommand.Create(CommandHost.BuildWithTraces) };
        root.TreatUnmatchedTokensAsErrors = false;
        root.SetAction((_, _) => WorkerHost.RunAsync(args));
        return root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }
}
