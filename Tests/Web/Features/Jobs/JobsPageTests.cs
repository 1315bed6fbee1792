using System.Net;
using System.Text.RegularExpressions;
using Platform.Contracts.Backups;

namespace Platform.Tests.Web.Features.Jobs;

public sealed partial class JobsPageTests(Browser browser)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_EverythingHappened_ShowsRunsErrorsFindingsAndSizes()
    {
        var html = await HtmlAsync(SampleJobs.World());

        Assert.Contains("house-4711-a1b2c3", html, StringComparison.Ordinal);
        Assert.Contains("04:10 UTC</time>", html, StringComparison.Ordinal);
        Assert.Contains("5 runs missed", html, StringComparison.Ordinal);
        Assert.Contains("Index messages_by_reply of messages is invalid", html, StringComparison.Ordinal);
        Assert.Contains(SampleJobs.Error, html, StringComparison.Ordinal);
        Assert.Contains("succeeded, 1 finding", html, StringComparison.Ordinal);
        Assert.Matches("status-dot silent\"[^>]*></span>\\s*<span[^>]*>nothing to do</span>", html);
        Assert.Contains("size limit 20.0\u00a0GiB", html, StringComparison.Ordinal);
        Assert.Contains(">never<", html, StringComparison.Ordinal);
        Assert.Contains("forever", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schedule_FoundNothingToDo_IsNotShownAsASuccess()
    {
        var world = SampleJobs.World();
        world.Schedules = world.Schedules with
        {
            Schedules = [.. world.Schedules.Schedules.Where(one => one is { Last: { Error: null, Findings.Count: 0 } }).Select(one => one with { Last = one.Last! with { Result = null } })],
        };
        world.Jobs = new(0, 0, 0, 0, 0, 1, []);
        world.Backups = new(BackupVerdict.NotSet, "Backups are off.", null, null);

        var html = await HtmlAsync(world);

        Assert.Contains("nothing to do", html, StringComparison.Ordinal);
        Assert.DoesNotContain("status-dot answered", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_NothingYet_ShowsEmptyStatesAndThatNoWorkerLeads()
    {
        var html = await HtmlAsync(new StubWorld());

        Assert.Contains("data-warning=\"no-leader\"", html, StringComparison.Ordinal);
        Assert.Contains("data-empty=\"schedules\"", html, StringComparison.Ordinal);
        Assert.Contains("data-empty=\"jobs\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Backups_MadeAndTested_ShowAgeAndResult()
    {
        var html = Plain(await HtmlAsync(SampleJobs.World()));

        Assert.Matches("Last backup [0-9]+ (h|days) ago \\(11.8 MiB, nightly\\) platform-20261121-032000-nightly.dump", html);
        Assert.Matches("Last restore drill passed [0-9]+ (h|days) ago: 41 tables, 48,213 rows", html);
    }

    [Theory]
    [InlineData(BackupVerdict.NoneYet, "Last backup None yet Last restore drill None yet")]
    [InlineData(BackupVerdict.NotSet, "Last backup Disabled To create a backup every night, start ./run with BACKUPS_DIR set to a folder. Last restore drill Disabled")]
    [InlineData(BackupVerdict.Overdue, "No backup was made. Last backup None yet")]
    public async Task Backups_None_ShowsAnErrorOnlyWhenOverdue(BackupVerdict verdict, string expected)
    {
        var html = await HtmlAsync(new StubWorld { Backups = new BackupReport(verdict, "No backup was made.", null, null) });

        Assert.Contains(expected, Plain(html), StringComparison.Ordinal);
        Assert.Equal(verdict is BackupVerdict.Overdue, html.Contains("notice failed", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Category", "Browser")]
    public async Task Backups_CannotBeRestored_SayWhyInRedAndFitBothWidths()
    {
        await using var web = await WebHost.StartAsync(SampleJobs.Unusable());
        var page = await browser.NewPageAsync(web.Address, Token);
        await page.GotoAsync("/jobs");
        await Browser.FitsAsync(page);

        await Browser.ScreenshotsAsync(page, "jobs-unusable-backup");

        var panel = page.Locator("#backups");
        await Microsoft.Playwright.Assertions.Expect(panel).ToContainTextAsync("The last restore drill failed.");
        await Microsoft.Playwright.Assertions.Expect(panel).ToContainTextAsync("webhooks has 7 rows, not 8");
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData(false, false, 5000)]
    [InlineData(true, false, 1000)]
    [InlineData(false, true, 1000)]
    public async Task Page_RunRequestedOrInProgress_RefreshesEverySecond(bool asked, bool running, int milliseconds)
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
        Assert.Contains("data-done=\"index-check\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("data-done", await web.HtmlAsync("/jobs?done=nonsense", Token), StringComparison.Ordinal);
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

        await Microsoft.Playwright.Assertions.Expect(page.Locator("[data-done='expired-leases']")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    /// <summary>The words of a page, with plain spaces between them.</summary>
    private static string Plain(string html) => Spaces().Replace(Tags().Replace(html, " "), " ").Replace(" :", ":", StringComparison.Ordinal);

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    private static async Task<string> HtmlAsync(StubWorld world)
    {
        await using var web = await WebHost.StartAsync(world);
        return await web.HtmlAsync("/jobs", Token);
    }
}
