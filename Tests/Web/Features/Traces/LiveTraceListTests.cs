using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Platform.Tests.Web.Features.Traces;

[Trait("Category", "Browser")]
public sealed class LiveTraceListTests(Browser browser)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task NewTrace_WhileSomebodyLooks_AppearsAboveTheOthers()
    {
        await using var web = await WebHost.StartAsync(World());
        var page = await OpenAsync(web);

        Add(web.Api.World, "t3", minutes: 2);
        web.Api.Publish(StubApi.EventStream, "activation.answered", new { id = "a3" });

        await Expect(page.Locator("#traces tbody tr").First).ToHaveAttributeAsync("data-id", "t3");
        await Expect(page.Locator("#traces tbody tr")).ToHaveCountAsync(3);
        await Expect(page.Locator("[data-tail-state] [role=status]")).ToHaveTextAsync("1 new trace");
    }

    [Fact]
    public async Task NewTrace_WhileItStandsStill_WaitsUntilItGoesOn()
    {
        await using var web = await WebHost.StartAsync(World());
        var page = await OpenAsync(web);
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        var before = web.Api.Requests.Count;

        Add(web.Api.World, "t3", minutes: 2);
        web.Api.Publish(StubApi.EventStream, "activation.answered", new { id = "a3" });
        await page.Keyboard.PressAsync("j");
        await Expect(page.Locator("#traces tbody tr")).ToHaveCountAsync(2);
        Assert.Equal(before, web.Api.Requests.Count);

        await page.GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();
        await Expect(page.Locator("#traces tbody tr")).ToHaveCountAsync(3);
    }

    [Fact]
    public async Task Keys_WithoutAMouse_SearchMarkAndOpen()
    {
        await using var web = await WebHost.StartAsync(World());
        var page = await OpenAsync(web);

        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("x");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("x");
        Assert.Equal(2, await page.Locator("#traces input:checked").CountAsync());

        await page.Keyboard.PressAsync("/");
        await Expect(page.Locator("[data-search]")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("jk");
        await Expect(page.Locator("[data-search]")).ToHaveValueAsync("jk");
    }

    [Fact]
    public async Task Keys_QuestionMark_ShowsThemUntilEscape()
    {
        await using var web = await WebHost.StartAsync(World());
        var page = await OpenAsync(web);
        var keys = page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard shortcuts" });

        await page.Keyboard.PressAsync("?");
        await Expect(keys).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("j");
        await Expect(page.Locator("#traces .row-link:focus")).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("Escape");
        await Expect(keys).ToBeHiddenAsync();

        await page.Locator("[data-search]").FillAsync("why");
        await page.Keyboard.PressAsync("?");
        await Expect(page.Locator("[data-search]")).ToHaveValueAsync("why?");
        await Expect(keys).ToBeHiddenAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Keyboard shortcuts" }).ClickAsync();
        await Expect(keys).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Keyboard shortcuts" })).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Times_OfAReaderElsewhere_AreInTheirZoneAndSentAsInstants()
    {
        await using var web = await WebHost.StartAsync(World());
        var page = await browser.NewPageAsync(web.Address, Cancellation, timeZone: "America/New_York");
        await page.GotoAsync("/traces?bot=ada&from=2026-07-01T08:30:15.250Z&to=1h");
        var from = page.Locator("input[type=datetime-local][name=from]");

        await Expect(from).ToHaveValueAsync("2026-07-01T04:30:15.250");
        await Expect(page.Locator("label", new() { Has = from })).ToContainTextAsync("America/New_York");
        await page.Locator("#filters button").ClickAsync();
        await page.WaitForURLAsync("**/traces?bot=ada&from=2026-07-01T08%3A30%3A15.250Z&to=1h");

        await page.Locator("input[type=datetime-local][name=from]").FillAsync("2026-11-21T05:00");
        await page.Locator("input[type=datetime-local][name=to]").FillAsync("2026-11-21T06:00");
        await page.Locator(".rare button").ClickAsync();
        await page.WaitForURLAsync("**/traces?bot=ada&from=2026-11-21T10%3A00Z&to=2026-11-21T11%3A00Z");
        Assert.Contains(web.Api.Requests, request => request.Target.Contains("from=2026-11-21T10:00Z&to=2026-11-21T11:00Z", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rows_OnAScreen_AreOneLineEachAndTwentyOfThemShow()
    {
        var world = new StubWorld();
        foreach (var number in Enumerable.Range(0, 50))
        {
            Add(world, $"t{number}", number);
        }

        await using var web = await WebHost.StartAsync(world);
        var page = await OpenAsync(web);

        var row = await page.Locator("#traces tbody tr").Nth(19).BoundingBoxAsync();
        Assert.NotNull(row);
        Assert.InRange(row.Height, 16, 34);
        Assert.InRange(row.Y + row.Height, 0, 900);
        await Browser.FitsAsync(page);

        await page.SetViewportSizeAsync(390, 844);
        var card = await page.Locator("#traces tbody tr").First.BoundingBoxAsync();
        Assert.InRange(card?.Height ?? 0, 36, 70);
    }

    private static StubWorld World()
    {
        var world = new StubWorld();
        Add(world, "t1", minutes: 0);
        Add(world, "t2", minutes: 1);
        return world;
    }

    private static void Add(StubWorld world, string id, int minutes) => world.Traces.Add(
        SampleTraces.Detail(id, System.Text.Json.JsonDocument.Parse("{}").RootElement) with
        {
            Summary = StubWorld.Summary(id) with { StartedAt = StubWorld.Now.AddMinutes(minutes) },
        });

    private async Task<IPage> OpenAsync(WebHost web)
    {
        var page = await browser.NewPageAsync(web.Address, Cancellation);
        await page.GotoAsync("/traces");
        await Expect(page.Locator("[data-tail-state]")).ToContainTextAsync("Live");
        return page;
    }
}
