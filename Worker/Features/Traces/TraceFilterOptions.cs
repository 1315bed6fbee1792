using System.CommandLine;
using Platform.Contracts.Traces;
using Platform.Core.Traces;

namespace Platform.Worker.Features.Traces;

/// <summary>The options by which commands narrow traces: one for each of <see cref="TraceFilterField.All"/> but the search text.</summary>
internal sealed class TraceFilterOptions
{
    private readonly Dictionary<string, Option<string>> _options = TraceFilterField.All.Where(field => field.Kind != TraceFilterKind.Search)
        .ToDictionary(field => field.Name, field => new Option<string>(field.Option) { Description = field.Description });

    /// <summary>Adds the options to a command.</summary>
    public TraceFilterOptions(Command command)
    {
        foreach (var option in _options.Values)
        {
            command.Add(option);
        }
    }

    /// <summary>What is wrong with the options; null when nothing is.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="text">What to search for; null for everything.</param>
    public string? Problem(ParseResult parsed, string? text = null)
    {
        Read(parsed, text, DateTimeOffset.UnixEpoch, out var problem);
        return problem is null ? null : $"--{problem.Field.Replace('_', '-')}: {problem.Message}";
    }

    /// <summary>Reads the filter.</summary>
    /// <param name="run">The run.</param>
    /// <param name="text">What to search for; null for everything.</param>
    /// <exception cref="InvalidOperationException"><see cref="Problem"/> was not asked before.</exception>
    public TraceFilter Read(TraceCommandRun run, string? text = null) =>
        Read(run.Parsed, text, run.Get<TimeProvider>().GetUtcNow(), out var problem) ?? throw new InvalidOperationException(problem?.Message);

    private TraceFilter? Read(ParseResult parsed, string? text, DateTimeOffset now, out TraceFilterProblem? problem) =>
        TraceFilter.Parse(name => _options.TryGetValue(name, out var option) ? parsed.GetValue(option) : text, now, out problem);
}
