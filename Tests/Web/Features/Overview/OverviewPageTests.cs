using Platform.Contracts.Bots;
using Platform.Contracts.Overview;
using Platform.Contracts.Statistics;

namespace Platform.Tests.Web.Features.Overview;

public sealed class OverviewPageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_NothingYet_OffersAChat()
    {
        await using var web = await WebHost.StartAsync(new StubWorld { Bots = new BotList([StubWorld.Bot("ada", "Ada Brandt")], []) });
        using var visitor = web.NewVisitor();

        var html = await visitor.GetStringAsync(new Uri("/", UriKind.Relative), Cancellation);

        Assert.Contains("data-empty=\"traces\"", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/chat?bot=ada#new\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_NoBots_NamesTheFolderOfBotFiles()
    {
        await using var web = await WebHost.StartAsync();
        using var visitor = web.NewVisitor();

        var html = await visitor.GetStringAsync(new Uri("/", UriKind.Relative), Cancellation);

        Assert.Contains("config/bots/", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_WithActivity_ShowsFiguresCeilingAndTraces()
    {
        var figures = StubWorld.NoFigures with { Answered = 276, Silent = 12, Failed = 3, CostUsd = 1.25m, LatencyP50Ms = 1234, TokensIn = 9000 };
        var empty = StubWorld.EmptyStatistics();
        var world = new StubWorld
        {
            Overview = StubWorld.EmptyOverview() with
            {
                Failed = 3,
                TracesTotal = 12_345,
                Recent = [StubWorld.Summary("t1")],
                TokenCeiling = new TokenCeilingResponse(new DateOnly(2026, 11, 21), 50_000, 200_000),
            },
            Statistics = empty with
            {
                Total = figures,
                Buckets = [.. empty.Buckets.Take(23), new ActivityBucket(StubWorld.Now.AddHours(-1), figures)],
                Bots = [new ActivityShare("ada", figures)],
                Models = [new ActivityShare("some/model", figures)],
            },
        };
        await using var web = await WebHost.StartAsync(world);
        using var visitor = web.NewVisitor();

        var html = await visitor.GetStringAsync(new Uri("/", UriKind.Relative), Cancellation);

        Assert.Contains("data-status=\"failed\"", html, StringComparison.Ordinal);
        Assert.Contains("276", html, StringComparison.Ordinal);
        Assert.Contains("50k of 200k tokens", html, StringComparison.Ordinal);
        Assert.Contains("width=\"25%\"", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/traces/t1\"", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/traces?model=some%2Fmodel\"", html, StringComparison.Ordinal);
        Assert.Contains("276 answered, 12 silent, 0 cancelled, 3 failed", html, StringComparison.Ordinal);
        Assert.Contains("$1.25", html, StringComparison.Ordinal);
        Assert.DoesNotContain("style=\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/", "24 hours")]
    [InlineData("/?range=7d", "7 days")]
    public async Task Page_Range_IsInTheAddress(string address, string selected)
    {
        await using var web = await WebHost.StartAsync(new StubWorld { Overview = StubWorld.EmptyOverview() with { TracesTotal = 1 } });
        using var visitor = web.NewVisitor();

        Assert.Matches($"aria-current=\"true\"[^>]*>{selected}<", await visitor.GetStringAsync(new Uri(address, UriKind.Relative), Cancellation));
    }
}
