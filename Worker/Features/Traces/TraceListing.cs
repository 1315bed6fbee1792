using System.CommandLine;
using System.Text.Json;
using Platform.Contracts;
using Platform.Contracts.Traces;
using Platform.Core.Access;
using Platform.Core.Storage;
using Platform.Core.Text;
using Platform.Core.Traces;
using Spectre.Console;

namespace Platform.Worker.Features.Traces;

/// <summary>Prints traces as a table or, for machines, as one JSON object a line.</summary>
internal sealed class TraceListing
{
    private const int Page = 200;
    private const int DefaultLimit = 50;
    private const int PreviewWidth = 60;

    private readonly Option<int> _limit = new("--limit") { Description = "Maximum number of traces to show.", DefaultValueFactory = _ => DefaultLimit };
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object per line." };

    /// <summary>Adds <c>--limit</c> and <c>--json</c> to a command.</summary>
    public TraceListing(Command command)
    {
        command.Add(_limit);
        command.Add(_json);
    }

    /// <summary>What is wrong with the options; null when nothing is.</summary>
    public string? Problem(ParseResult parsed) => parsed.GetValue(_limit) is < 1 and var wanted ? $"--limit: {wanted} is not a number of 1 or more." : null;

    public async Task<int> RunAsync(TraceCommandRun run, TraceFilter filter, CancellationToken cancellationToken)
    {
        var wanted = run.Parsed.GetValue(_limit);
        var forMachines = run.Parsed.GetValue(_json);
        TraceCursor? cursor = null;
        var shown = 0;
        do
        {
            var page = await run.Get<TraceListReader>().ListAsync(Tenant.Home, filter, cursor, Math.Min(Page, wanted - shown), cancellationToken);
            if (forMachines)
            {
                await WriteJsonAsync(run, page.Traces);
            }
            else
            {
                WriteTable(run.Console, page.Traces);
            }

            shown += page.Traces.Count;
            cursor = page.Next;
        }
        while (cursor is not null && shown < wanted);

        if (!forMachines)
        {
            await run.Error.WriteLineAsync(shown == 0 ? "No traces match." : cursor is null ? $"{shown} traces." : $"{shown} traces shown; there are more (--limit).");
        }

        return ExitCode.Done;
    }

    private static async Task WriteJsonAsync(TraceCommandRun run, IReadOnlyList<Trace> traces)
    {
        foreach (var trace in traces)
        {
            await run.Output.WriteLineAsync(JsonSerializer.Serialize(trace, WireJson.Options));
        }
    }

    private static void WriteTable(IAnsiConsole console, IReadOnlyList<Trace> traces)
    {
        if (traces.Count == 0)
        {
            return;
        }

        var table = Terminal.Table("ID", "STARTED", "BOT", "OUTCOME", "CALLS", "TOKENS IN/OUT", "COST", "DURATION", "TRIGGER");
        foreach (var trace in traces)
        {
            table.AddRow(
                trace.Outcome == TraceOutcome.Failed ? Terminal.Red : Style.Plain,
                trace.Id.ToString(),
                Figures.Time(trace.StartedAt),
                Terminal.Clean(trace.Bot),
                Outcome(trace),
                Figures.Count(trace.LlmCallCount),
                $"{Figures.Count(trace.TokensIn)}/{Figures.Count(trace.TokensOut)}",
                Figures.Dollars(trace.CostUsd),
                Figures.Duration(trace.DurationMs),
                Preview.Of(Terminal.Clean(trace.ErrorMessage ?? trace.TriggerPreview ?? trace.ResponsePreview), PreviewWidth));
        }

        console.Write(table, 0);
    }

    private static string Outcome(Trace trace) => trace.SilentReason is { } reason
        ? $"{EnumText.Of(trace.Outcome)} ({Terminal.Clean(reason)})"
        : EnumText.Of(trace.Outcome);
}
