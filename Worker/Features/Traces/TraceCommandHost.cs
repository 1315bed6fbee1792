using System.CommandLine;

namespace Platform.Worker.Features.Traces;

/// <summary>What the commands of <c>traces</c> run in.</summary>
/// <param name="Build">Builds a host with storage and traces, when a command runs.</param>
/// <param name="OpenOutput">Opens the standard output for bytes.</param>
internal sealed record TraceCommandHost(Func<IHost> Build, Func<Stream> OpenOutput)
{
    /// <summary>Makes <paramref name="command"/> do <paramref name="run"/>, once the database can be worked with; it is not waited for.</summary>
    public void SetAction(Command command, Func<TraceCommandRun, CancellationToken, Task<int>> run) =>
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var host = Build();
            var settings = parsed.InvocationConfiguration;
            var current = new TraceCommandRun(host.Services, parsed, settings.Output, settings.Error, OpenOutput, Terminal.For(settings.Output));
            return await current.DatabaseProblemAsync(cancellationToken) is { } problem
                ? await current.FailAsync(problem)
                : await run(current, cancellationToken);
        });
}
