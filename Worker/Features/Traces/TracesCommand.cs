using System.CommandLine;

namespace Platform.Worker.Features.Traces;

/// <summary>The command <c>traces</c>.</summary>
internal static class TracesCommand
{
    /// <summary>Builds the command with its subcommands.</summary>
    /// <param name="buildHost">Builds a host with storage and traces, when the command runs.</param>
    /// <param name="openOutput">Opens the standard output for bytes.</param>
    public static Command Create(Func<IHost> buildHost, Func<Stream> openOutput)
    {
        var host = new TraceCommandHost(buildHost, openOutput);
        return new Command("traces", "List, search, compare, import, export and verify traces. Exit codes: 0 success, 1 not found or failed, 2 usage error.")
        {
            TraceImportCommand.Create(buildHost),
            TraceListCommand.Create(host),
            TraceSearchCommand.Create(host),
            TraceShowCommand.Create(host),
            TraceDiffCommand.Create(host),
            TraceExportCommand.Create(host),
            TraceVerifyCommand.Create(host),
        };
    }
}
