using System.Net;
using Platform.Contracts.EventLog;

namespace Platform.Tests.Web.Features.Webhooks;

public sealed class WebhooksPageTests(Browser browser)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_ReceiversInEveryState_SaysWhatBecameOfEach()
    {
        await using var web = await WebHost.StartAsync(SampleWebhooks.World());

        var html = await web.HtmlAsync("/webhooks", Token);

        Assert.Contains("took something", html, StringComparison.Ordinal);
        Assert.Contains("3\u00a0min\u00a0ago", html, StringComparison.Ordinal);
        Assert.Contains("HTTP 500: the lamp store is on fire", html, StringComparison.Ordinal);
        Assert.Contains("the old secret signs too, and stops", html, StringComparison.Ordinal);
        Assert.Contains("Disabled because it said that it is gone: HTTP 410: moved away", html, StringComparison.Ordinal);
        Assert.Contains("took nothing yet", html, StringComparison.Ordinal);
        Assert.Contains("everything but deliveries", html, StringComparison.Ordinal);
        Assert.Contains(">192.168.1.40:5678/webhook/4…<", html, StringComparison.Ordinal);
        Assert.DoesNotContain($"delete {SampleWebhooks.Settings}", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_NoReceivers_SaysWhatOneIsAndHowToAddIt()
    {
        await using var web = await WebHost.StartAsync();

        var html = await web.HtmlAsync("/webhooks", Token);

        Assert.Contains("None yet.", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/webhooks#new\"", html, StringComparison.Ordinal);
        Assert.All(EventTypes.Patterns, pattern => Assert.Contains($"value=\"{pattern}\"", html, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("test", "POST", "/api/v1/webhooks/{0}/test", "A ping is on its way to Lights in the hall")]
    [InlineData("disable", "PATCH", "/api/v1/webhooks/{0}", "Lights in the hall hears of nothing any more")]
    [InlineData("enable", "PATCH", "/api/v1/webhooks/{0}", "Lights in the hall hears of events from now on")]
    [InlineData("delete", "DELETE", "/api/v1/webhooks/{0}", "It is forgotten")]
    public async Task Button_Pressed_AsksTheApiAndComesBackWithWhatWasDone(string action, string method, string path, string said)
    {
        await using var web = await WebHost.StartAsync(SampleWebhooks.World());
        using var visitor = web.NewVisitor();

        using var response = await WebHost.SendFormAsync(
            visitor, "/webhooks", "/webhooks", new Dictionary<string, string> { ["_handler"] = "act", ["Act"] = $"{action} {SampleWebhooks.Works}" }, Token);

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Contains(web.Api.Requests, request => request.Method == method && request.Target == string.Format(null, path, SampleWebhooks.Works));
        Assert.Contains(said, await visitor.GetStringAsync(response.Headers.Location, Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NewSecret_Made_IsShownOnceAndInNoAddress()
    {
        await using var web = await WebHost.StartAsync(SampleWebhooks.World());
        using var visitor = web.NewVisitor();

        using var response = await WebHost.SendFormAsync(
            visitor, "/webhooks", "/webhooks", new Dictionary<string, string> { ["_handler"] = "act", ["Act"] = $"rotate {SampleWebhooks.Works}" }, Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains(SampleWebhooks.Secret, await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.DoesNotContain(SampleWebhooks.Secret, await web.HtmlAsync("/webhooks", Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Add_WithoutEvents_SaysWhyAndKeepsWhatWasWritten()
    {
        await using var web = await WebHost.StartAsync();
        using var visitor = web.NewVisitor();

        using var response = await WebHost.SendFormAsync(
            visitor,
            "/webhooks",
            "/webhooks",
            new Dictionary<string, string> { ["_handler"] = "add", ["Add.Url"] = "https://house.example/hook", ["Add.Description"] = "Lights" },
            Token);
        var html = await response.Content.ReadAsStringAsync(Token);

        Assert.Contains("event_types: choose at least one.", html, StringComparison.Ordinal);
        Assert.Contains("value=\"https://house.example/hook\"", html, StringComparison.Ordinal);
        Assert.Contains("value=\"Lights\"", html, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Browser")]
    public async Task Delete_FirstPress_OnlyAsks()
    {
        await using var web = await WebHost.StartAsync(SampleWebhooks.World());
        var page = await browser.NewPageAsync(web.Address, Token);
        await page.GotoAsync("/webhooks");
        var first = page.Locator($"[id='{SampleWebhooks.Works}']");

        await first.GetByText("Delete …").ClickAsync();

        await Microsoft.Playwright.Assertions.Expect(first.GetByText("what waits for it in the outbox is dropped")).ToBeVisibleAsync();
        Assert.DoesNotContain(web.Api.Requests, request => request.Method == "DELETE");
        await Browser.ScreenshotsAsync(page, "webhooks-asks");
        await page.Keyboard.PressAsync("Escape");
        await Microsoft.Playwright.Assertions.Expect(first.GetByText("what waits for it in the outbox is dropped")).ToBeHiddenAsync();

        await first.GetByText("Delete …").ClickAsync();
        await first.GetByText("Delete it").ClickAsync();
        await Microsoft.Playwright.Assertions.Expect(page.GetByText("It is forgotten")).ToBeVisibleAsync();
        await Eventually.TrueAsync(() => page.Url.EndsWith("/webhooks", StringComparison.Ordinal), TestPlatform.Patience, "the address forgets what was done");
        await page.Context.CloseAsync();
    }
}
