extern alias web;

using System.Net;
using Platform.Contracts.EventLog;
using web::Platform.Web.Features.Webhooks;

namespace Platform.Tests.Web.Features.Webhooks;

public sealed class WebhooksPageTests(Browser browser)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_EndpointsInEveryState_ShowsEachState()
    {
        await using var web = await WebHost.StartAsync(SampleWebhooks.World());

        var html = await web.HtmlAsync("/webhooks", Token);

        Assert.Contains("data-state=\"working\"", html, StringComparison.Ordinal);
        Assert.Contains("3\u00a0min\u00a0ago", html, StringComparison.Ordinal);
        Assert.Contains("HTTP 500: the lamp store is on fire", html, StringComparison.Ordinal);
        Assert.Contains("previous secret expires", html, StringComparison.Ordinal);
        Assert.Contains("Disabled because the endpoint no longer accepts events: HTTP 410: moved away", html, StringComparison.Ordinal);
        Assert.Contains("data-state=\"failing\"", html, StringComparison.Ordinal);
        Assert.Contains("data-state=\"disabled\"", html, StringComparison.Ordinal);
        Assert.Contains("data-state=\"unused\"", html, StringComparison.Ordinal);
        Assert.Contains(">192.168.1.40:5678/webhook/4…<", html, StringComparison.Ordinal);
        Assert.DoesNotContain($"delete {SampleWebhooks.Settings}", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_NoEndpoints_OffersToAddOne()
    {
        await using var web = await WebHost.StartAsync();

        var html = await web.HtmlAsync("/webhooks", Token);

        Assert.Contains("data-empty=\"none\"", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/webhooks#new\"", html, StringComparison.Ordinal);
        Assert.All(EventTypes.Patterns, pattern => Assert.Contains($"value=\"{pattern}\"", html, StringComparison.Ordinal));
    }

    [Fact]
    public void DescriptionOf_EventTypes_AreDifferent() =>
        Assert.Equal(EventTypes.All.Count + 1, EventTypes.All.Append(EventTypes.Everything).Select(EventTypePicker.DescriptionOf).Distinct().Count());

    [Theory]
    [InlineData("test", "POST", "/api/v1/webhooks/{0}/test")]
    [InlineData("disable", "PATCH", "/api/v1/webhooks/{0}")]
    [InlineData("enable", "PATCH", "/api/v1/webhooks/{0}")]
    [InlineData("resume", "PATCH", "/api/v1/webhooks/{0}")]
    [InlineData("retry", "POST", "/api/v1/webhooks/{0}/retry")]
    [InlineData("delete", "DELETE", "/api/v1/webhooks/{0}")]
    public async Task Button_Pressed_CallsTheApiAndConfirms(string action, string method, string path)
    {
        await using var web = await WebHost.StartAsync(SampleWebhooks.World());
        using var visitor = web.NewVisitor();

        using var response = await WebHost.SendFormAsync(
            visitor, "/webhooks", "/webhooks", new Dictionary<string, string> { ["_handler"] = "act", ["Act"] = $"{action} {SampleWebhooks.Works}" }, Token);

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Contains(web.Api.Requests, request => request.Method == method && request.Target == string.Format(null, path, SampleWebhooks.Works));
        Assert.Contains($"data-done=\"{action}\"", await visitor.GetStringAsync(response.Headers.Location, Token), StringComparison.Ordinal);
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
    public async Task Add_WithoutEvents_ShowsTheErrorAndKeepsTheInput()
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
    public async Task Delete_FirstPress_AsksForConfirmation()
    {
        await using var web = await WebHost.StartAsync(SampleWebhooks.World());
        var page = await browser.NewPageAsync(web.Address, Token);
        await page.GotoAsync("/webhooks");
        var first = page.Locator($"[id='{SampleWebhooks.Works}']");

        await first.GetByText("Delete …").ClickAsync();

        await Microsoft.Playwright.Assertions.Expect(first.Locator(".confirm[open] .confirm-box")).ToBeVisibleAsync();
        Assert.DoesNotContain(web.Api.Requests, request => request.Method == "DELETE");
        await Browser.ScreenshotsAsync(page, "webhooks-asks");
        await page.Keyboard.PressAsync("Escape");
        await Microsoft.Playwright.Assertions.Expect(first.Locator(".confirm[open] .confirm-box")).ToBeHiddenAsync();

        await first.GetByText("Delete …").ClickAsync();
        await first.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Delete: Lights in the hall" }).ClickAsync();
        await Microsoft.Playwright.Assertions.Expect(page.Locator("[data-done=delete]")).ToBeVisibleAsync();
        await Eventually.TrueAsync(() => page.Url.EndsWith("/webhooks", StringComparison.Ordinal), TestPlatform.Patience, "the address forgets what was done");
        await page.Context.CloseAsync();
    }
}
