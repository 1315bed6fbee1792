using System.Net;
using Microsoft.Playwright;

namespace Platform.Tests.Web.Features.Activations;

public sealed class QueuePageTests(Browser browser)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_EveryState_ShowsItsDetails()
    {
        await using var web = await WebHost.StartAsync(SampleQueue.World());

        var html = await web.HtmlAsync("/queue", Token);

        Assert.Contains("1\u00a0min 35\u00a0s", html, StringComparison.Ordinal);
        Assert.Contains("attempt 3", html, StringComparison.Ordinal);
        Assert.Contains("house-4711-a1b2c3", html, StringComparison.Ordinal);
        Assert.Contains("cancelling", html, StringComparison.Ordinal);
        Assert.Contains("Who decides?", html, StringComparison.Ordinal);
        Assert.Contains("worker lost 2 times", html, StringComparison.Ordinal);
        Assert.Contains("model error · attempt 3", html, StringComparison.Ordinal);
        Assert.Contains(SampleQueue.Reason, html, StringComparison.Ordinal);
        Assert.Contains("3\u00a0h\u00a0ago", html, StringComparison.Ordinal);
        Assert.Contains("🔧", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/queue?state=parked\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_Nothing_ShowsTheEmptyStateWithoutFilters()
    {
        await using var web = await WebHost.StartAsync();

        var html = await web.HtmlAsync("/queue", Token);

        Assert.Contains("data-empty=\"none\"", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/chat#new\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"filters\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cancel", SampleQueue.Running)]
    [InlineData("retry", SampleQueue.Parked)]
    [InlineData("give-up", SampleQueue.Parked)]
    public async Task Button_Pressed_CallsTheApiAndConfirms(string action, string activation)
    {
        await using var web = await WebHost.StartAsync(SampleQueue.World());
        using var visitor = web.NewVisitor();

        using var response = await WebHost.SendFormAsync(
            visitor, "/queue?bot=ada", "/queue?bot=ada", new Dictionary<string, string> { ["Act"] = $"{action} {activation}" }, Token);

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.EndsWith($"/queue?bot=ada&done={action}", response.Headers.Location?.OriginalString, StringComparison.Ordinal);
        Assert.Contains(web.Api.Requests, request => request.Method == "POST" && request.Target == $"/api/v1/activations/{activation}/{action}");
        Assert.Contains($"data-done=\"{action}\"", await visitor.GetStringAsync(response.Headers.Location, Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Button_EndedMeanwhile_SaysWhy()
    {
        await using var web = await WebHost.StartAsync(SampleQueue.World());
        using var visitor = web.NewVisitor();

        using var response = await WebHost.SendFormAsync(
            visitor, "/queue", "/queue", new Dictionary<string, string> { ["Act"] = "cancel 01900000-0000-7000-8000-00000000dead" }, Token);

        Assert.Contains("It has ended already", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("done=%3Cb%3E")]
    [InlineData("done=nonsense")]
    public async Task Done_UnknownAction_IsNotShown(string query)
    {
        await using var web = await WebHost.StartAsync(SampleQueue.World());

        Assert.DoesNotContain("notice done", await web.HtmlAsync($"/queue?{query}", Token), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Browser")]
    public async Task Page_AtBothWidths_FitsAndMarkAsFailedAsksForConfirmation()
    {
        await using var web = await WebHost.StartAsync(SampleQueue.World());
        var page = await browser.NewPageAsync(web.Address, Token);
        await page.GotoAsync("/queue");
        await Browser.FitsAsync(page);
        await Browser.ScreenshotsAsync(page, "queue-states");

        await page.GetByText("Mark as failed …").ClickAsync();
        await Assertions.Expect(page.Locator(".confirm[open] .confirm-box")).ToBeVisibleAsync();
        await Browser.FitsAsync(page);
        Assert.DoesNotContain(web.Api.Requests, request => request.Method == "POST");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Mark as failed: ada", Exact = false }).ClickAsync();

        await Assertions.Expect(page.Locator("[data-done=give-up]")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    [Trait("Category", "Browser")]
    public async Task Refresh_ConfirmationIsOpen_LeavesItOpen()
    {
        await using var web = await WebHost.StartAsync(SampleQueue.World());
        var page = await browser.NewPageAsync(web.Address, Token);
        await page.Clock.InstallAsync();
        await page.GotoAsync("/queue");
        await page.GetByText("Mark as failed …").ClickAsync();
        await page.EvaluateAsync("document.activeElement.blur()");

        await page.Clock.RunForAsync(11_000);
        await Assertions.Expect(page.Locator(".confirm[open] .confirm-box")).ToBeVisibleAsync();
        Assert.Equal(1, Requests(web));
        await page.Keyboard.PressAsync("Escape");
        await page.EvaluateAsync("document.activeElement.blur()");
        await page.Clock.RunForAsync(5_500);

        await Eventually.TrueAsync(() => Requests(web) > 1, TimeSpan.FromSeconds(30), "the page refreshes");
        Assert.Equal(2, Requests(web));
        await page.Context.CloseAsync();
    }

    private static int Requests(WebHost web) => web.Api.Requests.Count(request => request.Target.StartsWith("/api/v1/queue", StringComparison.Ordinal));
}
