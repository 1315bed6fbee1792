using System.CommandLine;
using System.Text.Json;
using Platform.Contracts;
using Platform.Contracts.Traces;
using Platform.Core.Traces;
using Platform.Core.Traces.Diff;
using Spectre.Console;

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
        var context = new Option<int>("--context") { Description = "Unchanged lines to show around each change.", DefaultValueFactory = _ => DefaultContext };
        var json = new Option<bool>("--json") { Description = "Print JSON as GET /api/v1/traces/diff does, without the summaries of the two traces." };
        var command = new Command("diff", "Compare two traces: figures, decision, settings, context, prompt, tools, answer.") { a, b, context, json };
        host.SetAction(command, parsed => ContextProblem(parsed.GetValue(context)), async (run, cancellationToken) =>
        {
            if (await run.FindAsync(run.Parsed.GetRequiredValue(a), cancellationToken) is not { } first
                || await run.FindAsync(run.Parsed.GetRequiredValue(b), cancellationToken) is not { } second)
            {
                return ExitCode.Failed;
            }

            var diff = await run.Get<TraceDiffer>().CompareAsync(first, second, run.Parsed.GetValue(context), cancellationToken);
            if (run.Parsed.GetValue(json))
            {
                await WriteJsonAsync(run, diff);
            }
            else
            {
                Write(run.Console, diff);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static string? ContextProblem(int around) =>
        around is < 0 or > TraceDiffer.MostContext ? $"--context: {around} is not a number from 0 to {TraceDiffer.MostContext}." : null;

    private static Task WriteJsonAsync(TraceCommandRun run, TraceDiff diff) =>
        run.Output.WriteLineAsync(JsonSerializer.Serialize(new { diff.Figures, diff.Sections }, WireJson.Options));

    private static void Write(IAnsiConsole console, TraceDiff diff)
    {
        console.WriteLine($"- {Head(diff.A)}", Terminal.Red);
        console.WriteLine($"+ {Head(diff.B)}", Terminal.Green);
        console.WriteLine();
        var table = Terminal.Table("", "A", "B", "B - A");
        foreach (var figure in diff.Figures.Where(figure => figure.A is not null || figure.B is not null))
        {
            table.AddRow(Style.Plain, figure.Name.Replace('_', ' '), Value(figure, figure.A), Value(figure, figure.B), Change(figure));
        }

        console.Write(table, 0);
        foreach (var section in diff.Sections)
        {
            Write(console, section);
        }
    }

    private static void Write(IAnsiConsole console, DiffSection section)
    {
        var name = section.Kind.ToString();
        console.WriteLine();
        console.WriteLine(
            section.Removed + section.Added == 0
                ? $"{name}: identical, {section.Kept} lines"
                : $"{name}: {section.Removed} removed, {section.Added} added, {section.Kept} unchanged{(section.IsCoarse ? ", approximate match" : "")}",
            Terminal.Bold);
        foreach (var (side, note) in ((string, string?)[])[("A", section.NoteA), ("B", section.NoteB)])
        {
            if (note is not null)
            {
                console.WriteLine($"  {side}: {note}", Terminal.Yellow);
            }
        }

        foreach (var line in section.Lines)
        {
            var (text, style) = Line(line);
            console.WriteLine(text, style);
        }

        if (section.IsCut)
        {
            console.WriteLine("  ... more changes are not shown", Terminal.Dim);
        }
    }

    private static (string Text, Style Style) Line(DiffLine line) => line.Kind switch
    {
        DiffLineKind.Removed => ($"- {Terminal.Clean(line.Text)}", Terminal.Red),
        DiffLineKind.Added => ($"+ {Terminal.Clean(line.Text)}", Terminal.Green),
        DiffLineKind.Skipped => ($"  ... {line.Count} unchanged lines", Terminal.Dim),
        _ => ($"  {Terminal.Clean(line.Text)}", Style.Plain),
    };

    private static string Head(Trace trace) => $"{trace.Id}  {Figures.Time(trace.StartedAt)}  {Terminal.Clean(trace.Bot)}  {Terminal.Clean(trace.Model)}".TrimEnd();

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
