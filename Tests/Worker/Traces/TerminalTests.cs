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
            var table = Terminal.Table(0, "A", "B");
            table.AddRow(Style.Plain, Terminal.Clean(text), "end");

            Terminal.For(output, isTerminal).Write(table);

            Assert.Contains(printed, output.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void For_NoTerminal_NeitherColoursNorCutsNorWraps()
    {
        using var output = new StringWriter();
        var console = Terminal.For(output, isTerminal: false);
        var table = Terminal.Table(2, "ID", "TEXT");
        table.AddRow(Terminal.Red, "1", new string('x', 5_000));

        console.Write(table);
        console.WriteLine(new string('y', 5_000), Terminal.Bold);

        var lines = output.ToString().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["ID  TEXT", $"1   {new string('x', 5_000)}", new string('y', 5_000)], lines);
    }

    [Fact]
    public void For_ATerminal_ColoursAndKeepsIdsWhole()
    {
        using var output = new StringWriter();
        var id = Guid.NewGuid().ToString();
        var table = Terminal.Table(0, "ID", "TEXT");
        table.AddRow(Terminal.Red, id, new string('x', 500));

        Terminal.For(output, isTerminal: true).Write(table);

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

        var result = await TerminalProgress<int>.RunAsync(
            Terminal.For(output, isTerminal),
            error,
            (bar, value) => (bar.IsIndeterminate, bar.Value, bar.Description) = (false, value / 100.0, "half of it"),
            async progress =>
            {
                progress.Report(50);
                await Task.Yield();
                return 7;
            });

        Assert.Equal(7, result);
        Assert.Contains("half of it", isTerminal ? output.ToString() : error.ToString(), StringComparison.Ordinal);
        Assert.Equal(isTerminal, output.ToString().Contains('\e', StringComparison.Ordinal));
        Assert.DoesNotContain('\e', error.ToString());
    }
}
