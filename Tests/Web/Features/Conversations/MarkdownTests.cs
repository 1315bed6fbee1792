extern alias web;

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
}
