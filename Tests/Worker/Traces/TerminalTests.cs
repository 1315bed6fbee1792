extern alias worker;

using Spectre.Console;
using worker::Platform.Worker.Features.Traces;

namespace Platform.Tests.Worker.Traces;

public sealed class TerminalTests
{
    [Theory]
    [InlineData("[red]", "[red]")]
    [InlineData("[/] [[x", "[/] [[x")]
    [InlineData("\e[31mred\a", "\uFFFD[31mred\uFFFD")]
    [InlineData("two\r\nlines\tand a tab", "two↵lines and a tab")]
    [InlineData("\u009B2J", "\uFFFD2J")]
    public void Table_TextOfOthers_IsPrintedAsItIsWithoutControlCharacters(string text, string printed)
    {
        foreach (var isTerminal in (bool[])[true, false])
        {
            using var output = new StringWriter();
            var table = Terminal.Table("A", "B");
            table.AddRow(Style.Plain, Terminal.Clean(text), "end");

            Terminal.For(output, isTerminal).Write(table, 0);

            Assert.Contains(printed, output.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void For_NoTerminal_NeitherColoursNorCutsNorWraps()
    {
        using var output = new StringWriter();
        var console = Terminal.For(output, isTerminal: false);
        var table = Terminal.Table("ID", "TEXT");
        table.AddRow(Terminal.Red, "1", new string('x', 5_000));
        table.AddRow(Style.Plain, "2", "short");

        console.Write(table, 2);
        console.WriteLine(new string('y', 5_000), Terminal.Bold);

        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["  ID  TEXT", $"  1   {new string('x', 5_000)}", "  2   short", new string('y', 5_000)], lines);
    }

    [Fact]
    public void For_ATerminal_ColoursAndKeepsIdsWhole()
    {
        using var output = new StringWriter();
        var id = Guid.NewGuid().ToString();
        var table = Terminal.Table("ID", "TEXT");
        table.AddRow(Terminal.Red, id, new string('x', 500));

        Terminal.For(output, isTerminal: true).Write(table, 0);

        Assert.Contains(id, output.ToString(), StringComparison.Ordinal);
        Assert.Contains("\e[", output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RunAsync_InATerminalOrNot_MovesTheCursorOnlyThere(bool isTerminal)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();

        var result = await TerminalProgress.RunAsync<int, int>(
            Terminal.For(output, isTerminal),
            error,
            value => ($"{value} done", value / 100.0),
            async progress =>
            {
                // Lines come at most once a second.
                await Eventually.TrueAsync(
                    _ =>
                    {
                        progress.Report(50);
                        return Task.FromResult(isTerminal || error.ToString().Length > 0);
                    },
                    TimeSpan.FromSeconds(20),
                    "a line about the progress");
                return 7;
            });

        Assert.Equal(7, result);
        Assert.Contains("50 done", isTerminal ? output.ToString() : error.ToString(), StringComparison.Ordinal);
        Assert.Equal(isTerminal, output.ToString().Contains('\e', StringComparison.Ordinal));
        Assert.DoesNotContain('\e', error.ToString());
    }
}
