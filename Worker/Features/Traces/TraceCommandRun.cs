using System.CommandLine;
using Npgsql;
using Platform.Core.Access;
using Platform.Core.Storage;
using Platform.Core.Traces;
using Platform.ServiceDefaults.Logs;
using Spectre.Console;

namespace Platform.Worker.Features.Traces;

/// <summary>One run of a command of <c>traces</c>.</summary>
/// <param name="Services">Storage and traces.</param>
/// <param name="Parsed">The command line.</param>
/// <param name="Output">For results.</param>
/// <param name="Error">For people when something is wrong, and for progress.</param>
/// <param name="OpenOutput">Opens the standard output for bytes.</param>
/// <param name="Console"><paramref name="Output"/>, for people.</param>
internal sealed record TraceCommandRun(
    IServiceProvider Services, ParseResult Parsed, TextWriter Output, TextWriter Error, Func<Stream> OpenOutput, IAnsiConsole Console)
{
    /// <summary>Gets a service.</summary>
    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>What is wrong with the database; null when it can be worked with.</summary>
    /// <exception cref="NpgsqlException">It does not answer.</exception>
    public async Task<string?> DatabaseProblemAsync(CancellationToken cancellationToken)
    {
        await using (await Get<NpgsqlDataSource>().OpenConnectionAsync(cancellationToken))
        {
        }

        return await Get<DatabaseState>().ProblemAsync(cancellationToken);
    }

    /// <summary>Writes an error.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> FailAsync(string message)
    {
        await Error.WriteLineAsync(LogText.Escape(message, keepsLines: true));
        return ExitCode.Failed;
    }

    /// <summary>Finds a trace, or prints why it was not found.</summary>
    public async Task<Trace?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var match = await Get<TraceReader>().FindAsync(Tenant.Home, id, cancellationToken);
        if (match.Trace is null)
        {
            await FailAsync(match.IsAmbiguous
                ? $"Several traces have the id {id}: run 'traces search {id}' and use the id in its first column."
                : $"There is no trace {id}. 'traces search' finds traces by message, link or words.");
        }

        return match.Trace;
    }
}
