using System.CommandLine;
using Platform.Core.Traces;

namespace Platform.Worker.Features.Traces;

/// <summary>The filter options of the commands.</summary>
internal sealed class TraceFilterOptions
{
    private readonly Option<string> bot = new("--bot") { Description = "Only traces of this bot (name)." };
    private readonly Option<string> channel = new("--channel") { Description = "Only traces of this channel (id)." };
    private readonly Option<string> outcome = new("--outcome") { Description = "Only traces with this outcome: answered, silent, failed or cancelled." };
    private readonly Option<string> silentReason = new("--silent-reason") { Description = "Only traces that this rule ended as silent." };
    private readonly Option<string> model = new("--model") { Description = "Only traces whose last call used this model." };
    private readonly Option<string> costFrom = new("--cost-from") { Description = "Minimum cost in US dollars, e.g. 0.05." };
    private readonly Option<string> durationFrom = new("--duration-from") { Description = "Minimum duration in milliseconds." };
    private readonly Option<string> from = new("--from") { Description = "Started at or after: 2026-11-21, 2026-11-21T08:30Z, or an age such as 90m, 24h, 7d, 4w." };
    private readonly Option<string> to = new("--to") { Description = "Started before; same formats as --from." };

    /// <summary>Adds the options to a command.</summary>
    public TraceFilterOptions(Command command)
    {
        foreach (var option in (Option<string>[])[bot, channel, outcome, silentReason, model, costFrom, durationFrom, from, to])
        {
            command.Add(option);
        }
    }

    /// <summary>Reads the filter, or says what is wrong with it.</summary>
    /// <param name="run">The run.</param>
    /// <param name="text">What to search for; null for everything.</param>
    /// <returns>Null when it cannot be read.</returns>
    public async Task<TraceFilter?> ReadAsync(TraceCommandRun run, string? text = null)
    {
        var written = new TraceFilterText
        {
            Bot = run.Parsed.GetValue(bot),
            Channel = run.Parsed.GetValue(channel),
            Outcome = run.Parsed.GetValue(outcome),
            SilentReason = run.Parsed.GetValue(silentReason),
            Model = run.Parsed.GetValue(model),
            CostFrom = run.Parsed.GetValue(costFrom),
            DurationFrom = run.Parsed.GetValue(durationFrom),
            From = run.Parsed.GetValue(from),
            To = run.Parsed.GetValue(to),
            Text = text,
        };
        var filter = written.Parse(run.Get<TimeProvider>().GetUtcNow(), out var fault);
        if (fault is not null)
        {
            await run.Error.WriteLineAsync($"--{fault.Field.Replace('_', '-')}: {fault.Message}");
        }

        return filter;
    }
}
