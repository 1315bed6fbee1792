using Platform.Contracts.Bots;
using Platform.Contracts.Overview;

namespace Platform.Tests.Web.Features.Overview;

public sealed class OverviewPageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_NothingYet_HelpsANewcomer()
    {
        await using var web = await WebHost.StartAsync(new StubWorld { Bots = new BotList([StubWorld.Bot("ada", "Ada Brandt")], []) });
        using var visitor = web.NewVisitor();

        var html = await visitor.GetStringAsync(new Uri("/", UriKind.Relative), Cancellation);

        Assert.Contains("Say hello to Ada Brandt", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_NoBots_SaysWhereTheyComeFrom()
    {
        await using var web = await WebHost.StartAsync();
        using var visitor = web.NewVisitor();

        var html = await visitor.GetStringAsync(new Uri("/", UriKind.Relative), Cancellation);

        Assert.Contains("config/bots/", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_WithActivity_ShowsFiguresCeilingAndTraces()
    {
        var hours = Enumerable.Range(0, 24).Select(hour => new OverviewHour(StubWorld.Now.AddHours(hour - 24), hour, 1, 0, 100)).ToList();
        var world = new StubWorld
        {
            Overview = StubWorld.EmptyOverview() with
            {
                Answered = 276,
                Failed = 3,
                TracesTotal = 12_345,
                Hours = hours,
                Recent = [StubWorld.Summary("t1")],
                TokenCeiling = new TokenCeilingResponse(new DateOnly(2026, 11, 21), 50_000, 200_000),
            },
        };
        await using var web = await WebHost.StartAsync(world);
        using var visitor = web.NewVisitor();

        var html = await visitor.GetStringAsync(new Uri("/", UriKind.Relative), Cancellation);

        Assert.Contains("3 answers failed", html, StringComparison.Ordinal);
        Assert.Contains("276", html, StringComparison.Ordinal);
        Assert.Contains("50k of 200k used", html, StringComparison.Ordinal);
        Assert.Contains("width=\"25%\"", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/traces/t1\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("style=\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_BrokenBotFile_IsNamed()
    {
        var broken = new BotFileResponse("bots/ada.yaml", "id-ada", false, [], StubWorld.Now);
        await using var web = await WebHost.StartAsync(new StubWorld { Bots = new BotList([StubWorld.Bot("ada")], [broken]) });
        using var visitor = web.NewVisitor();

        var html = await visitor.GetStringAsync(new Uri("/", UriKind.Relative), Cancellation);

        Assert.Contains("bots/ada.yaml", html, StringComparison.Ordinal);
        Assert.Contains("The last good version stays in force", html, StringComparison.Ordinal);
    }
}
