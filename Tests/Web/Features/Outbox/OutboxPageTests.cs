using System.Text.RegularExpressions;
using Platform.Tests.Web.Features.Webhooks;

namespace Platform.Tests.Web.Features.Outbox;

public sealed class OutboxPageTests(Browser browser)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_EveryState_ShowsTheErrorAndTheNextAttempt()
    {
        await using var web = await WebHost.StartAsync(SampleOutbox.World());

        var html = await web.HtmlAsync("/outbox", Token);

        Assert.Contains("12\u00a0min 34\u00a0s", html, StringComparison.Ordinal);
        Assert.Contains("in\u00a09\u00a0min", html, StringComparison.Ordinal);
        Assert.Contains("3 attempts failed: HTTP 503: Back in ten minutes", html, StringComparison.Ordinal);
        Assert.Contains("status-dot running", html, StringComparison.Ordinal);
        Assert.Contains("status-dot deferred", html, StringComparison.Ordinal);
        Assert.Contains("status-dot waiting", html, StringComparison.Ordinal);
        Assert.Contains($"href=\"/activations/{SampleOutbox.Activation}\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_EndpointThatKeepsFailing_AreOneLineWithWhatCanBeDone()
    {
        var world = SampleOutbox.KeepsFailing();
        await using var web = await WebHost.StartAsync(world);

        foreach (var path in (string[])["/outbox", "/dead-letters", "/webhooks"])
        {
            var html = await web.HtmlAsync(path, Token);

            Assert.Single(Regex.Matches(html, "Connection refused"));
            Assert.Contains("37 × Connection refused", html, StringComparison.Ordinal);
            Assert.Matches("next attempt\\s+<time", html);
            Assert.All(["Retry all", "Pause", "Delete …"], button => Assert.Matches($">{button}</", html));
            Assert.DoesNotContain(">Resume</", html, StringComparison.Ordinal);
            Assert.DoesNotContain("the webhook is paused automatically", html, StringComparison.Ordinal);
        }

        var deliveries = await web.HtmlAsync($"/outbox?target={SampleWebhooks.Fails}", Token);
        Assert.Equal(37, Regex.Count(deliveries, "the webhook is paused automatically"));
        Assert.Single(Regex.Matches(deliveries, "Connection refused"));

        world.Webhooks[1] = world.Webhooks[1] with { Paused = true };
        var paused = await web.HtmlAsync("/outbox", Token);
        Assert.Contains($"value=\"resume {SampleWebhooks.Fails}\"", paused, StringComparison.Ordinal);
        Assert.Contains("events are kept until it is resumed", paused, StringComparison.Ordinal);
        Assert.DoesNotContain(">Retry all</", paused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_NoWebhooks_OffersToAddOne()
    {
        await using var web = await WebHost.StartAsync();

        var html = await web.HtmlAsync("/outbox", Token);

        Assert.Contains("data-empty=\"no-webhooks\"", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/webhooks#new\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_EverythingDelivered_ShowsTheEmptyState()
    {
        var world = SampleOutbox.World();
        world.Outbox = new(0, 0, 0, 0, null, [], null);
        await using var web = await WebHost.StartAsync(world);

        var none = await web.HtmlAsync("/outbox", Token);
        world.Outbox = world.Outbox with { DeadLetters = 2 };
        var dead = await web.HtmlAsync("/outbox", Token);

        Assert.Contains("data-empty=\"none\"", none, StringComparison.Ordinal);
        Assert.DoesNotContain("Failed permanently", none, StringComparison.Ordinal);
        Assert.Contains("No deliveries are pending", dead, StringComparison.Ordinal);
        Assert.Contains("Failed permanently: <a href=\"/dead-letters\">2 dead letters</a>", dead, StringComparison.Ordinal);
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
