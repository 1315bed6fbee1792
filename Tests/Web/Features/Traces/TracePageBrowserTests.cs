using Microsoft.Playwright;
using Platform.Tests.Accessibility;
using static Microsoft.Playwright.Assertions;

namespace Platform.Tests.Web.Features.Traces;

[Trait("Category", "Browser")]
public sealed class TracePageBrowserTests(Browser browser)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keys_WithoutAMouse_MoveThroughTheTreeAndOpenParts()
    {
        await using var web = await WebHost.StartAsync(ToolLoopTrace.World());
        var page = await OpenAsync(web, "/traces/t1?part=decision");
        var tree = Tree(page);

        await Expect(tree.GetByRole(AriaRole.Link, new() { Name = "Trigger and decision" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator("#context")).ToBeVisibleAsync();
        await Expect(tree.GetByRole(AriaRole.Link, new() { Name = "Context" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("End");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#document")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("p");
        await Expect(page).ToHaveURLAsync(new Uri(web.Address, "/traces/t0").ToString());
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("#logs", "?part=logs")]
    [InlineData("#why", "?part=decision")]
    [InlineData("#call-1", "?part=call/2")]
    [InlineData("#calls", "?part=calls")]
    [InlineData("#ctx-1", "?part=context/1#ctx-1")]
    [InlineData("#unknown", "#unknown")]
    public async Task Fragment_OfAnEarlierVersion_OpensItsPart(string fragment, string address)
    {
        await using var web = await WebHost.StartAsync(ToolLoopTrace.World());

        var page = await OpenAsync(web, $"/traces/t1{fragment}");

        await Expect(page).ToHaveURLAsync(new Uri(web.Address, $"/traces/t1{address}").ToString());
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Panes_OnADesktop_StandSideBySideWithTheBarsInsideTheirParents()
    {
        await using var web = await WebHost.StartAsync(ToolLoopTrace.World());
        var page = await OpenAsync(web, "/traces/t1?part=call/2/request");

        var tree = await Tree(page).BoundingBoxAsync();
        var part = await page.Locator("#part").BoundingBoxAsync();
        var outside = await page.EvaluateAsync<string[]>(
            """
            [...document.querySelectorAll('[data-parts] li li')].flatMap((item) => {
                const [child, parent] = [item, item.parentElement.closest('li')].map((row) => row.querySelector(':scope > .row .span')?.getBoundingClientRect());
                return child && parent && (child.left < parent.left - 1.5 || child.right > parent.right + 1.5) ? [item.textContent] : [];
            })
            """);

        Assert.NotNull(tree);
        Assert.NotNull(part);
        Assert.True(tree.X + tree.Width <= part.X, "The tree is not beside the part.");
        Assert.InRange(Math.Abs(tree.Y - part.Y), 0, 40);
        Assert.Empty(outside);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Panes_OnAPhone_AreOneColumnWithTheTreeCollapsedAboveThePart()
    {
        await using var web = await WebHost.StartAsync(ToolLoopTrace.World());
        var page = await OpenAsync(web, "/traces/t1", width: 390);

        await Expect(Tree(page)).ToBeVisibleAsync();
        await Tree(page).GetByRole(AriaRole.Link, new() { Name = "tide_table" }).ClickAsync();
        await Expect(page.Locator("#tool-1")).ToBeInViewportAsync();
        await Expect(Tree(page)).ToBeHiddenAsync();
        await page.GetByText("Parts of the trace").ClickAsync();
        await Expect(Tree(page)).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("/traces/t1", "trace-loop")]
    [InlineData("/traces/t1?part=calls", "trace-loop-calls")]
    [InlineData("/traces/t1?part=call/2", "trace-loop-call")]
    [InlineData("/traces/t1?part=effects/2", "trace-loop-effects")]
    [InlineData("/traces/t1?part=logs", "trace-loop-logs")]
    [InlineData("/traces/t1?part=timeline", "trace-loop-timeline")]
    [InlineData("/traces/t1?part=nothing", "trace-loop-nothing")]
    [InlineData("/traces/t1/compare", "trace-loop-compare")]
    public async Task Page_BothWidthsAndSchemes_FitsAndIsAccessible(string path, string name)
    {
        await using var web = await WebHost.StartAsync(ToolLoopTrace.World());
        var page = await OpenAsync(web, path);

        await Browser.FitsAsync(page);
        await Browser.ScreenshotsAsync(page, name);
        foreach (var scheme in (ColorScheme[])[ColorScheme.Dark, ColorScheme.Light])
        {
            await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
            Assert.Empty(await AxeCore.ViolationsAsync(page, [], Cancellation));
        }

        await page.Context.CloseAsync();
    }

    private static ILocator Tree(IPage page) => page.GetByRole(AriaRole.Navigation, new() { Name = "Parts of the trace" });

    private async Task<IPage> OpenAsync(WebHost web, string path, int width = 1440)
    {
        var page = await browser.NewPageAsync(web.Address, Cancellation, width);
        await page.GotoAsync(path);
        return page;
    }
}
