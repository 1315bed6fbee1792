using System.CommandLine;

namespace Platform.Worker.Features.Traces;

/// <summary><c>worker traces list</c>.</summary>
internal static class TraceListCommand
{
    /// <returns>A command that exits with 0, also when nothing is found, and with 2 for an option that cannot be read.</returns>
    public static Command Create(TraceCommandHost host)
    {
        var command = new Command("list", "List traces, newest first.");
        var filters = new TraceFilterOptions(command);
        var listing = new TraceListing(command);
        host.SetAction(
            command,
            parsed => filters.Problem(parsed) ?? listing.Problem(parsed),
            (run, cancellationToken) => listing.RunAsync(run, filters.Read(run), cancellationToken));
        return command;
    }
}
