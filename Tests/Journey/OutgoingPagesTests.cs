using Microsoft.Playwright;

namespace Platform.Tests.Journey;

/// <summary>A person lets a program outside hear of events, and mends what went wrong, with nothing but the pages.</summary>
[Trait("Category", "Browser")]
[Collection(JourneyCollection.Name)]
public sealed class OutgoingPagesTests(JourneySite site, Browser browser)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Person_AddsAWebhook_PingsItAndMendsADeadLetter()
    {
        await using var receiver = await WebhookReceiver.StartAsync(Token);
        var page = await browser.NewPageAsync(site.Address, Token);
        List<string> complaints = [];
        page.Console += (_, message) => complaints.AddRange(message.Type is "error" ? [message.Text] : []);

        await SeeAsync(page, "/webhooks", "webhooks-empty", "No webhooks yet");
        await page.GetByLabel("URL").FillAsync(receiver.BaseAddress + "house?key=hidden");
        await page.GetByLabel("Description").FillAsync("Lights in the hall");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Add", Exact = true }).ClickAsync();
        var secret = await page.Locator(".secret code").InnerTextAsync();
        receiver.Secrets[secret] = 0;
        Assert.Equal(0, await page.GetByText("hidden", new PageGetByTextOptions { Exact = false }).CountAsync());
        await Browser.ScreenshotsAsync(page, "webhooks-secret");

        receiver.Enqueue(new WebhookReply(404, "no such lamp"));
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Send test event to Lights in the hall" }).ClickAsync();
        await Eventually.TrueAsync(() => receiver.Deliveries.Count == 1, TestPlatform.Patience, "the test event arrives");
        Assert.True(receiver.Deliveries[0].IsSigned);
        await Eventually.TrueAsync(
            async token => await site.Platform.Database.ScalarAsync<long>("select count(*) from dead_letters", token) == 1, TestPlatform.Patience, "a dead letter");

        await SeeAsync(page, "/dead-letters", "dead-letters", "HTTP 404: no such lamp");
        await SeeAsync(page, "/webhooks", "webhooks", "HTTP 404: no such lamp");
        receiver.Default = _ => new WebhookReply(503, "Back in a minute", TimeSpan.FromMinutes(10));
        await page.GotoAsync("/dead-letters");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Requeue: webhook.ping to Lights in the hall" }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-empty=none]")).ToBeVisibleAsync();
        await Eventually.TrueAsync(
            async token => await site.Platform.Database.ScalarAsync<long>("select count(*) from outbox where attempt = 1 and lease_owner is null", token) == 1,
            TestPlatform.Patience,
            "the second attempt fails");

        await SeeAsync(page, "/outbox", "outbox", "Back in a minute");
        Assert.Equal([receiver.Deliveries[0].Id, receiver.Deliveries[0].Id], receiver.Deliveries.Select(one => one.Id));
        Assert.Empty(complaints);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Pages_WithNothing_ShowTheEmptyState()
    {
        var page = await browser.NewPageAsync(site.Address, Token);

        await SeeAsync(page, "/outbox?kind=discord", "outbox-nothing", "No matching deliveries");
        await SeeAsync(page, "/dead-letters?kind=feed", "dead-letters-nothing", "No matching dead letters");

        await page.Context.CloseAsync();
    }

    private static async Task SeeAsync(IPage page, string path, string name, string text)
    {
        var response = await page.GotoAsync(path);
        Assert.Equal(200, response?.Status);
        await Assertions.Expect(page.GetByText(text, new PageGetByTextOptions { Exact = false }).First).ToBeVisibleAsync();
        await Browser.FitsAsync(page);
        Assert.Equal(Browser.Pictures.Count, (await Browser.ScreenshotsAsync(page, name)).Count);
        await page.SetViewportSizeAsync(1440, 900);
    }
}
