using System.CommandLine;
using Platform.Worker.Commands;

namespace Platform.Worker.Features.Traces;

/// <summary>What the commands of <c>traces</c> run in.</summary>
/// <param name="Build">Builds a host with storage and traces, when a command runs.</param>
/// <param name="OpenOutput">Opens the standard output for bytes.</param>
internal sealed record TraceCommandHost(Func<IHost> Build, Func<Stream> OpenOutput)
{
    /// <summary>Makes <paramref name="command"/> do <paramref name="run"/>, once the database can be worked with; it is not waited for.</summary>
    /// <param name="command">The command.</param>
    /// <param name="problem">What is wrong with the options, checked before anything else; null when nothing is.</param>
    /// <param name="run">The work.</param>
    public void SetAction(Command command, Func<ParseResult, string?> problem, Func<TraceCommandRun, CancellationToken, Task<int>> run) =>
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = parsed.InvocationConfiguration;
            if (problem(parsed) is { } sentence)
            {
                await settings.Error.WriteLineAsync(sentence);
                return ExitCode.Usage;
            }

            return await CommandRun.RunAsync(Build, settings.Error, async services =>
            {
                var current = new TraceCommandRun(services, parsed, settings.Output, settings.Error, OpenOutput, Terminal.For(settings.Output));
                return await current.DatabaseProblemAsync(cancellationToken) is { } missing
                    ? await current.FailAsync(missing)
                    : await run(current, cancellationToken);
            });
        });

    /// <summary>Makes <paramref name="command"/>, whose options need no check, do <paramref name="run"/>.</summary>
    public void SetAction(Command command, Func<TraceCommandRun, CancellationToken, Task<int>> run) => SetAction(command, _ => null, run);
}
