using System.Net;
using Platform.Contracts.Traces;

namespace Platform.Tests.Web.Features.Traces.Compare;

public sealed class ComparePageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Compare_TwoTraces_ShowsFiguresAndLines()
    {
        var world = new StubWorld
        {
            Diff = new TraceDiffResponse(
                StubWorld.Summary("t1"),
                StubWorld.Summary("t2", TraceOutcome.Failed),
                [new DiffFigure("duration", "ms", 1000, 1500), new DiffFigure("cost", "usd", null, 0.5m)],
                [
                    new DiffSection(DiffSectionKind.Settings, 8, 1, 1, false, false, null, "The trace's document was deleted by retention.",
                    [
                        new DiffLine(DiffLineKind.Skipped, 1, 1, "", 8),
                        new DiffLine(DiffLineKind.Removed, 9, null, "tone = dry"),
                        new DiffLine(DiffLineKind.Added, null, 9, "tone = warm"),
                    ]),
                    new DiffSection(DiffSectionKind.Answer, 2, 0, 0, false, false, null, null, []),
                ]),
        };
        await using var web = await WebHost.StartAsync(world);
        using var visitor = web.NewVisitor();

        var html = WebUtility.HtmlDecode(await visitor.GetStringAsync(new Uri("/traces/compare?a=t1&b=t2", UriKind.Relative), Cancellation));

        Assert.Contains("+500\u00a0ms (+50%)", html, StringComparison.Ordinal);
        Assert.Contains("tone = <del", html, StringComparison.Ordinal);
        Assert.Contains(">dry</del>", html, StringComparison.Ordinal);
        Assert.Contains(">warm</ins>", html, StringComparison.Ordinal);
        Assert.Contains("8 unchanged lines", html, StringComparison.Ordinal);
        Assert.Contains("Trace B: The trace's document was deleted by retention.", html, StringComparison.Ordinal);
        Assert.Contains("Identical: 2 lines.", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/traces/compare?a=t2&b=t1\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/traces/compare", HttpStatusCode.OK, "data-empty=\"none\"")]
    [InlineData("/traces/compare?a=x&b=y", HttpStatusCode.NotFound, "There is no such trace")]
    public async Task Compare_NothingToCompare_SaysSo(string path, HttpStatusCode status, string text)
    {
        await using var web = await WebHost.StartAsync();
        using var visitor = web.NewVisitor();

        using var response = await visitor.GetAsync(new Uri(path, UriKind.Relative), Cancellation);

        Assert.Equal(status, response.StatusCode);
        Assert.Contains(text, await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }
}
