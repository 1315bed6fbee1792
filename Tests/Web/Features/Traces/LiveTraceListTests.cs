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
