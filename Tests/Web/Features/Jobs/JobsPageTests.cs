using System.Net;

namespace Platform.Tests.Web.Features.Jobs;

public sealed class JobsPageTests(Browser browser)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_EverythingHappened_ShowsRunsErrorsFindingsAndSizes()
    {
        var html = await HtmlAsync(SampleJobs.World());

        Assert.Contains("house-4711-a1b2c3", html, StringComparison.Ordinal);
        Assert.Contains("daily at 04:10 UTC", html, StringComparison.Ordinal);
        Assert.Contains("5 times missed", html, StringComparison.Ordinal);
        Assert.Contains("Index messages_by_reply of messages is invalid", html, StringComparison.Ordinal);
        Assert.Contains(SampleJobs.Error, html, StringComparison.Ordinal);
        Assert.Contains("done, 1 finding", html, StringComparison.Ordinal);
        Assert.Contains("21.47\u00a0GB allowed", html, StringComparison.Ordinal);
        Assert.Contains("never yet", html, StringComparison.Ordinal);
        Assert.Contains("for good", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_NothingYet_SaysSoAndThatNobodyLeads()
    {
        var html = await HtmlAsync(new StubWorld());

        Assert.Contains("No worker leads, so nothing runs.", html, StringComparison.Ordinal);
        Assert.Contains("No schedules yet", html, StringComparison.Ordinal);
        Assert.Contains("No job yet", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, false, 5000)]
    [InlineData(true, false, 1000)]
    [InlineData(false, true, 1000)]
    public async Task Page_RunAskedForOrGoingOn_LooksAgainASecondLater(bool asked, bool running, int milliseconds)
    {
        var world = SampleJobs.World();
        world.Schedules = world.Schedules with
        {
            Schedules = [.. world.Schedules.Schedules.Select(one => one with { Asked = asked, Current = running ? one.Last : null })],
        };

        Assert.Contains($"data-refresh-every=\"{milliseconds}\"", await HtmlAsync(world), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunNow_Pressed_AsksTheApiAndSaysSo()
    {
        await using var web = await WebHost.StartAsync(SampleJobs.World());
        using var visitor = web.NewVisitor();

        using var response = await WebHost.SendFormAsync(
            visitor, "/jobs", "/jobs", new Dictionary<string, string> { ["Run.Name"] = "index-check" }, Token);

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.EndsWith("/jobs?done=index-check", response.Headers.Location?.OriginalString, StringComparison.Ordinal);
        Assert.Contains(web.Api.Requests, request => request is { Method: "POST", Target: "/api/v1/schedules/index-check/run" });
        var html = await visitor.GetStringAsync(response.Headers.Location, Token);
        Assert.Contains("runs as soon as the leader looks", html, StringComparison.Ordinal);
        Assert.DoesNotContain("runs as soon as the leader looks", await web.HtmlAsync("/jobs?done=nonsense", Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunNow_ScheduleGoneMeanwhile_SaysWhy()
    {
        var world = SampleJobs.World();
        await using var web = await WebHost.StartAsync(world);
        using var visitor = web.NewVisitor();

        using var response = await WebHost.SendFormAsync(
            visitor, "/jobs", "/jobs", new Dictionary<string, string> { ["Run.Name"] = "no-such" }, Token);

        Assert.Contains("There is nothing here.", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunNow_WithoutAntiforgeryToken_IsRefused()
    {
        await using var web = await WebHost.StartAsync(SampleJobs.World());
        using var visitor = web.NewVisitor();
        using var content = new FormUrlEncodedContent(new Dictionary<string, string> { ["_handler"] = "run", ["Run.Name"] = "index-check" });

        using var response = await visitor.PostAsync(new Uri("/jobs", UriKind.Relative), content, Token);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.DoesNotContain(web.Api.Requests, request => request.Method == "POST");
    }

    [Fact]
    [Trait("Category", "Browser")]
    public async Task Page_AtBothWidths_FitsAndItsButtonWorks()
    {
        await using var web = await WebHost.StartAsync(SampleJobs.World());
        var page = await browser.NewPageAsync(web.Address, Token);
        await page.GotoAsync("/jobs");
        await Browser.FitsAsync(page);

        await Browser.ScreenshotsAsync(page, "jobs");
        await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Run now: expired-leases" }).ClickAsync();

        await Microsoft.Playwright.Assertions.Expect(page.GetByText("runs as soon as the leader looks")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    private static async Task<string> HtmlAsync(StubWorld world)
    {
        await using var web = await WebHost.StartAsync(world);
        return await web.HtmlAsync("/jobs", Token);
    }
}
