using System.CommandLine;

namespace Platform.Worker.Features.Traces;

/// <summary><c>worker traces search</c>.</summary>
internal static class TraceSearchCommand
{
    /// <returns>A command that exits with 0, also when nothing is found, and with 2 for an option that cannot be read.</returns>
    public static Command Create(TraceCommandHost host)
    {
        var text = new Argument<string[]>("text")
        {
            Description = "A message id, a Discord message link, a trace id, or words.",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command("search", "Find traces by a message (trigger, context or answer), by trace id, or by words.") { text };
        var filters = new TraceFilterOptions(command);
        var listing = new TraceListing(command);
        host.SetAction(
            command,
            parsed => filters.Problem(parsed, Text(parsed)) ?? listing.Problem(parsed),
            (run, cancellationToken) => listing.RunAsync(run, filters.Read(run, Text(run.Parsed)), cancellationToken));
        return command;

        string Text(ParseResult parsed) => string.Join(' ', parsed.GetRequiredValue(text));
    }
}
