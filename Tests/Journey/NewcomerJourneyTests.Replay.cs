using Microsoft.Playwright;
using Platform.Tests.Accessibility;
using static Microsoft.Playwright.Assertions;

namespace Platform.Tests.Journey;

/// <content>Asking a call again.</content>
public sealed partial class NewcomerJourneyTests
{
    [Fact]
    public async Task AskAgain_SameModelOtherModelAndRecorded_StandBesideWhatWasSaid()
    {
        site.Platform.Models.Enqueue(ModelReply.Answer("Six", " o'clock."), ModelReply.Answer("Seven", " o'clock."));
        var page = await browser.NewPageAsync(site.Address, Token);
        await page.GotoAsync("/");
        await SayAsync(page, "When is it high?");
        await Expect(page.Locator(".message.assistant")).ToContainTextAsync("Six o'clock.");
        await page.Locator(".message.assistant footer").GetByRole(AriaRole.Link, new() { Name = "Trace" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Replay: call 1" }).ClickAsync();
        await Expect(page.Locator("[data-empty=replays]")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Replay", Exact = true }).ClickAsync();
        await Expect(page.Locator(".replays .answer-text")).ToHaveTextAsync("Seven o'clock.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show recorded answer" }).ClickAsync();
        await Expect(page.Locator(".replays .tag")).ToHaveTextAsync("identical to original");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Model" }).FillAsync("rehearsal:fast");
        await page.GetByRole(AriaRole.Button, new() { Name = "Replay", Exact = true }).ClickAsync();
        await Expect(page.Locator(".replays .answer-text")).ToHaveCountAsync(3);
        await Expect(page.Locator(".replays .rehearsal")).ToHaveCountAsync(1);

        await Expect(page.Locator(".answers > .answer .answer-text")).ToHaveTextAsync("Six o'clock.");
        await Browser.FitsAsync(page);
        Assert.Empty(await AxeCore.ViolationsAsync(page, [], Token));
        Assert.Equal(Browser.Pictures.Count, (await Browser.ScreenshotsAsync(page, "replay")).Count);
        await page.Context.CloseAsync();
    }
}
