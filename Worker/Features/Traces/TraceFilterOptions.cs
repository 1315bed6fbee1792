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

    /// <summary>Reads the filter, or prints its errors.</summary>
    /// <param name="run">The run.</param>
    /// <param name="text">What to search for; null for everything.</param>
    /// <returns>Null when it cannot be read.</returns>
    public async Task<TraceFilter?> ReadAsync(TraceCommandRun run, string? text = null)
    {
        var filter = TraceFilter.Parse(
            name => _options.TryGetValue(name, out var option) ? run.Parsed.GetValue(option) : text, run.Get<TimeProvider>().GetUtcNow(), out var problem);
        if (problem is not null)
        {
            await run.Error.WriteLineAsync($"--{problem.Field.Replace('_', '-')}: {problem.Message}");
        }

        return filter;
    }
}
