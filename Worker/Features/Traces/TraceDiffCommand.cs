using System.CommandLine;
using System.Text.Json;
using Platform.Contracts;
using Platform.Contracts.Traces;
using Platform.Core.Traces;
using Platform.Core.Traces.Diff;

namespace Platform.Worker.Features.Traces;

/// <summary><c>worker traces diff</c>.</summary>
internal static class TraceDiffCommand
{
    private const int DefaultContext = 3;

    /// <returns>A command that exits with 0, also when the traces differ, 1 when one is not there, 2 for an option that cannot be read.</returns>
    public static Command Create(TraceCommandHost host)
    {
        var a = new Argument<string>("a") { Description = "Id of the first trace." };
        var b = new Argument<string>("b") { Description = "Id of the second trace." };
        var context = new Option<int>("--context") { Description = "Unchanged lines around a change.", DefaultValueFactory = _ => DefaultContext };
        var json = new Option<bool>("--json") { Description = "As GET /api/v1/traces/diff answers it, without the traces' lines." };
        var command = new Command("diff", "Compare two traces: numbers, decision, settings, context, prompt, tools, answer.") { a, b, context, json };
        host.SetAction(command, async (run, cancellationToken) =>
        {
            if (run.Parsed.GetValue(context) is var around && around is < 0 or > TraceDiffer.MostContext)
            {
                return await run.FailAsync($"--context: {around} is not a number from 0 to {TraceDiffer.MostContext}.", ExitCode.Usage);
            }

            if (await run.FindAsync(run.Parsed.GetRequiredValue(a), cancellationToken) is not { } first
                || await run.FindAsync(run.Parsed.GetRequiredValue(b), cancellationToken) is not { } second)
            {
                return ExitCode.Failed;
            }

            var diff = await run.Get<TraceDiffer>().CompareAsync(first, second, around, cancellationToken);
            await (run.Parsed.GetValue(json) ? WriteJsonAsync(run, diff) : WriteAsync(run, diff));
            return ExitCode.Done;
        });
        return command;
    }

    private static Task WriteJsonAsync(TraceCommandRun run, TraceDiff diff) =>
        run.Output.WriteLineAsync(JsonSerializer.Serialize(new { diff.Figures, diff.Sections }, WireJson.Options));

    private static async Task WriteAsync(TraceCommandRun run, TraceDiff diff)
    {
        await run.Output.WriteLineAsync(run.Paint.Red($"- {Head(diff.A)}"));
        await run.Output.WriteLineAsync(run.Paint.Green($"+ {Head(diff.B)}"));
        await run.Output.WriteLineAsync();
        var table = new TextTable("", "A", "B", "B - A");
        foreach (var figure in diff.Figures.Where(figure => figure.A is not null || figure.B is not null))
        {
            table.Add(figure.Name.Replace('_', ' '), Value(figure, figure.A), Value(figure, figure.B), Change(figure));
        }

        await table.WriteAsync(run.Output, 0, (row, line) => row == 0 ? run.Paint.Dim(line) : line);
        foreach (var section in diff.Sections)
        {
            await WriteAsync(run, section);
        }
    }

    private static async Task WriteAsync(TraceCommandRun run, DiffSection section)
    {
        var name = section.Kind.ToString();
        await run.Output.WriteLineAsync();
        await run.Output.WriteLineAsync(run.Paint.Bold(section.Removed + section.Added == 0
            ? $"{name}: the same, {section.Kept} lines"
            : $"{name}: {section.Removed} removed, {section.Added} added, {section.Kept} kept{(section.IsCoarse ? ", roughly matched" : "")}"));
        foreach (var (side, note) in ((string, string?)[])[("A", section.NoteA), ("B", section.NoteB)])
        {
            if (note is not null)
            {
                await run.Output.WriteLineAsync(run.Paint.Yellow($"  {side}: {note}"));
            }
        }

        foreach (var line in section.Lines)
        {
            await run.Output.WriteLineAsync(Text(run.Paint, line));
        }

        if (section.IsCut)
        {
            await run.Output.WriteLineAsync(run.Paint.Dim("  ... more changes are not shown"));
        }
    }

    private static string Text(Paint paint, DiffLine line) => line.Kind switch
    {
        DiffLineKind.Removed => paint.Red($"- {Paint.Clean(line.Text)}"),
        DiffLineKind.Added => paint.Green($"+ {Paint.Clean(line.Text)}"),
        DiffLineKind.Skipped => paint.Dim($"  ... {line.Count} lines the same"),
        _ => $"  {Paint.Clean(line.Text)}",
    };

    private static string Head(Trace trace) => $"{trace.Id}  {Figures.Time(trace.StartedAt)}  {Paint.Clean(trace.Bot)}  {Paint.Clean(trace.Model)}".TrimEnd();

    private static string Value(DiffFigure figure, decimal? value) => figure.Unit switch
    {
        "ms" => Figures.Duration(value),
        "usd" => Figures.Dollars(value),
        _ => Figures.Count(value),
    };

    private static string Change(DiffFigure figure) => (figure.B - figure.A) switch
    {
        null or 0 => "",
        < 0 and var less => $"-{Value(figure, -less)}",
        var more => $"+{Value(figure, more)}",
    };
}
