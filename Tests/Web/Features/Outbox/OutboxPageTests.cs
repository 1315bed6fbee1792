namespace Platform.Tests.Web.Features.Outbox;

public sealed class OutboxPageTests(Browser browser)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_EveryState_SaysWhyItIsStillHereAndWhenItIsTriedAgain()
    {
        await using var web = await WebHost.StartAsync(SampleOutbox.World());

        var html = await web.HtmlAsync("/outbox", Token);

        Assert.Contains("12\u00a0min 34\u00a0s", html, StringComparison.Ordinal);
        Assert.Contains("in\u00a09\u00a0min", html, StringComparison.Ordinal);
        Assert.Contains("3 tries failed: HTTP 503: Back in ten minutes", html, StringComparison.Ordinal);
        Assert.Contains("the receiver has not answered yet", html, StringComparison.Ordinal);
        Assert.Contains("waits for a worker, or for an earlier one of its channel", html, StringComparison.Ordinal);
        Assert.Contains($"href=\"/activations/{SampleOutbox.Activation}\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_NobodyListens_OffersToAddSomebody()
    {
        await using var web = await WebHost.StartAsync();

        var html = await web.HtmlAsync("/outbox", Token);

        Assert.Contains("Nobody listens yet", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/webhooks#new\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_EverythingTaken_SaysSo()
    {
        var world = SampleOutbox.World();
        world.Outbox = new(0, 0, 0, 0, null, [], null);
        await using var web = await WebHost.StartAsync(world);

        Assert.Contains("All delivered", await web.HtmlAsync("/outbox", Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_MoreThanAPage_LeadsOnWithItsFilterAndNothingElse()
    {
        var world = SampleOutbox.World();
        world.Outbox = world.Outbox with { NextCursor = "77" };
        await using var web = await WebHost.StartAsync(world);

        var html = await web.HtmlAsync("/outbox?kind=webhook", Token);

        Assert.Contains("href=\"/outbox?kind=webhook&cursor=77\"", html, StringComparison.Ordinal);
        Assert.Contains(web.Api.Requests, request => request.Target == "/api/v1/outbox?kind=webhook&limit=50");
    }

    [Fact]
    [Trait("Category", "Browser")]
    public async Task Page_AtBothWidths_Fits()
    {
        await using var web = await WebHost.StartAsync(SampleOutbox.World());
        var page = await browser.NewPageAsync(web.Address, Token);
        await page.GotoAsync("/outbox");

        await Browser.FitsAsync(page);

        await Browser.ScreenshotsAsync(page, "outbox-states");
        await page.Context.CloseAsync();
    }
}
