extern alias web;

using System.Text;
using web::Platform.Web.Features.Conversations;

namespace Platform.Tests.Web.Features.Conversations;

public sealed class MarkdownTests
{
    [Theory]
    [InlineData("<script>alert(1)</script>", "<script")]
    [InlineData("<img src=x onerror=alert(1)>", "<img")]
    [InlineData("text <b onclick=alert(1)>x</b>", "<b")]
    [InlineData("[x](javascript:alert(1))", "href")]
    [InlineData("[x](JaVaScRiPt:alert(1))", "href")]
    [InlineData("[x](java\nscript:alert(1))", "href")]
    [InlineData("[x](data:text/html,<script>alert(1)</script>)", "href")]
    [InlineData("[x](vbscript:msgbox)", "href")]
    [InlineData("[x](//elsewhere.example)", "href")]
    [InlineData("[x](/logout)", "href")]
    [InlineData("<javascript:alert(1)>", "href")]
    [InlineData("![x](https://elsewhere.example/pixel.png)", "<img")]
    [InlineData("[x]\n\n[x]: javascript:alert(1)", "href")]
    [InlineData("![x][1]\n\n[1]: data:image/svg+xml,<svg>", "<img")]
    [InlineData("[x](https://a.example \"\\\" onmouseover=alert(1)\")", "\" onmouseover")]
    [InlineData("```\"onload=alert(1)\nx\n```", "\"onload")]
    [InlineData("# x {onclick=alert(1)}", "<h1 onclick")]
    public void Render_HostileText_HoldsNothingActive(string text, string forbidden) =>
        Assert.DoesNotContain(forbidden, Markdown.Render(text).Value, StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void Render_UnsafeLink_KeepsItsText() =>
        Assert.Contains("read me", Markdown.Render("[read me](javascript:alert(1))").Value, StringComparison.Ordinal);

    [Theory]
    [InlineData("[x](https://example.org/a?b=1)", "href=\"https://example.org/a?b=1\"")]
    [InlineData("https://example.org", "href=\"https://example.org\"")]
    [InlineData("[x](mailto:you@example.org)", "href=\"mailto:you@example.org\"")]
    [InlineData("**strong**", "<strong>strong</strong>")]
    [InlineData("| a |\n|---|\n| 1 |", "<table>")]
    [InlineData("a\nb", "<br")]
    public void Render_OrdinaryText_IsFormatted(string text, string expected) =>
        Assert.Contains(expected, Markdown.Render(text).Value, StringComparison.Ordinal);

    [Theory]
    [InlineData(null, null)]
    [InlineData(" ", null)]
    [InlineData("**Tides** and `moon`", "Tides and moon")]
    [InlineData("# Harbour\n- one\n- [two](https://example.org)", "Harbour one two")]
    [InlineData("1 < 2 & 3", "1 < 2 & 3")]
    [InlineData("***", "***")]
    public void PlainText_Markdown_KeepsTheWords(string? text, string? plain) => Assert.Equal(plain, Markdown.PlainText(text));

    [Fact]
    public void Render_AbsurdNesting_IsShownAsText()
    {
        var text = new string('>', 20_000) + "<b>";

        var html = Markdown.Render(text).Value;

        Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[a](")]
    [InlineData("![a")]
    [InlineData("a**b")]
    [InlineData("*a _b ~c ")]
    [InlineData("`` ` ")]
    [InlineData("<a")]
    [InlineData("http://[")]
    public void Render_TextThatTakesQuadraticWork_IsShownAsText(string piece)
    {
        var text = new StringBuilder().Insert(0, piece, 99_000 / piece.Length).ToString();

        var html = Markdown.Render(text).Value;

        Assert.StartsWith("<pre>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_TableOfManyEmptyCells_IsShownAsText()
    {
        var text = $"|{new string('|', 20_000)}\n|---|\n{new StringBuilder().Insert(0, "|a|\n", 10_000)}";

        Assert.StartsWith("<pre>", Markdown.Render(text).Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_LongOrdinaryText_IsFormatted()
    {
        const string Paragraph = "A *word* with `code`, [a link](https://example.org) and **more**; www.example.org says so.\n- one\n- two\n\n";
        var prose = new StringBuilder().Insert(0, Paragraph, 40_000 / Paragraph.Length);
        var code = new StringBuilder().Insert(0, "if (a[0] || b[1]) { x *= y; }\n", 1_000);
        var text = $"{prose}```\n{code}```";

        Assert.Contains("<strong>more</strong>", Markdown.Render(text).Value, StringComparison.Ordinal);
    }
}
