using System.Text;
using Platform.ServiceDefaults.Logs;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Platform.Worker.Features.Traces;

/// <summary>
/// What a command prints, through Spectre.Console: with colours in a terminal, plain and as wide as it comes in files and pipes. Texts are never
/// read as markup, and what others wrote goes through <see cref="Clean"/> first.
/// </summary>
internal static class Terminal
{
    public static readonly Style Bold = new(decoration: Decoration.Bold);
    public static readonly Style Dim = new(decoration: Decoration.Dim);
    public static readonly Style Red = new(Color.Maroon);
    public static readonly Style Green = new(Color.Green);
    public static readonly Style Yellow = new(Color.Olive);

    private const int Gap = 2;
    private const char Stand = '\uFFFD';

    /// <summary>Colours only what a person sees: not files and pipes, and not where <c>NO_COLOR</c> asks for none (https://no-color.org).</summary>
    public static IAnsiConsole For(TextWriter output) => For(
        output,
        ((ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected) || (ReferenceEquals(output, Console.Error) && !Console.IsErrorRedirected))
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") is not ("dumb" or null));

    public static IAnsiConsole For(TextWriter output, bool isTerminal)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = isTerminal ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = isTerminal ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = isTerminal ? InteractionSupport.Yes : InteractionSupport.No,
            // They take build servers, whose output is a file, for terminals.
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        if (!isTerminal)
        {
            console.Profile.Width = int.MaxValue;
        }

        return console;
    }

    /// <summary>A table without lines.</summary>
    /// <param name="heads">The columns; without texts there is no row of heads.</param>
    public static Table Table(params IReadOnlyList<string> heads)
    {
        var table = new Table { ShowHeaders = heads.Any(head => head.Length > 0) }.NoBorder();
        for (var at = 0; at < heads.Count; at++)
        {
            table.AddColumn(new TableColumn(new Text(heads[at], Dim)) { NoWrap = true, Padding = new Padding(0, 0, at == heads.Count - 1 ? 0 : Gap, 0) });
        }

        return table;
    }

    public static void AddRow(this Table table, Style style, params IEnumerable<string> cells) => table.AddRow(cells.Select(IRenderable (cell) => new Text(cell, style)));

    /// <summary>Writes a table, one line a row; a terminal breaks those that are too long itself, so that ids stay whole.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="table">What.</param>
    /// <param name="indent">Spaces before each row.</param>
    public static void Write(this IAnsiConsole console, Table table, int indent) => console.Write(new Rows(table, indent));

    /// <summary>Takes control and bidirectional characters out of text that others wrote: they could rewrite what the terminal shows. Line ends become <c>↵</c>.</summary>
    public static string Clean(string? text)
    {
        var clean = new StringBuilder((text ?? "").Replace("\r\n", "\n", StringComparison.Ordinal));
        for (var at = 0; at < clean.Length; at++)
        {
            clean[at] = clean[at] switch
            {
                '\n' => '↵',
                '\t' => ' ',
                var letter when LogText.IsUnsafe(letter) => Stand,
                var letter => letter,
            };
        }

        return clean.ToString();
    }

    /// <summary>A table's lines without the blanks at their ends.</summary>
    private sealed class Rows(Table table, int indent) : Renderable
    {
        protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
        {
            foreach (var line in Segment.SplitLines(((IRenderable)table).Render(options, int.MaxValue)))
            {
                yield return new Segment(new string(' ', indent));
                var text = line.ToList();
                for (; text is [.., var last] && string.IsNullOrWhiteSpace(last.Text); text.RemoveAt(text.Count - 1))
                {
                }

                for (var at = 0; at < text.Count; at++)
                {
                    yield return at < text.Count - 1 ? text[at] : new Segment(text[at].Text.TrimEnd(), text[at].Style);
                }

                yield return Segment.LineBreak;
            }
        }
    }
}
