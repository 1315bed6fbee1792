using Microsoft.Playwright;
using Platform.Contracts.Activations;
using Platform.Contracts.Traces;

namespace Platform.Tests.Journey;

/// <summary>Every page with real content, at both widths and colour schemes; the pictures stay in artifacts/screenshots.</summary>
[Trait("Category", "Browser")]
public sealed class PagePicturesTests(JourneySite site, Browser browser) : IClassFixture<JourneySite>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_WithContent_FitBothWidthsWithoutComplaint()
    {
        await site.ImportSamplesAsync();
        var conversation = await site.Platform.ConverseAsync("rehearsed", Token);
        var posted = await site.Platform.PostAsync(conversation.Id, "What is a good day made of?", Token);
        var activation = await site.Platform.EndOfAsync(posted.ActivationId, Token);
        Assert.Equal(ActivationState.Answered, activation.State);
        var failed = (await site.Platform.GetAsync<TraceList>("/api/v1/traces?outcome=failed", Token)).Traces[0];
        var page = await browser.NewPageAsync(site.Address, Token);
        List<string> complaints = [];
        page.Console += (_, message) => complaints.AddRange(message.Type is "error" ? [message.Text] : []);
        page.PageError += (_, error) => complaints.Add(error);

        await SeeAsync(page, "/", "overview");
        await SeeAsync(page, $"/chat/{conversation.Id}", "chat");
        await SeeAsync(page, "/traces", "traces");
        await SeeAsync(page, $"/traces/{activation.TraceId}", "trace");
        await SeeAsync(page, $"/traces/{failed.Id}", "trace-failed");
        await SeeAsync(page, "/bots", "bots");

        Assert.Empty(complaints);
        await page.Context.CloseAsync();
    }

    private static async Task SeeAsync(IPage page, string path, string name)
    {
        var response = await page.GotoAsync(path);
        Assert.Equal(200, response?.Status);
        foreach (var width in Browser.Widths)
        {
            await page.SetViewportSizeAsync(width, 900);
            var surplus = await page.EvaluateAsync<int>("document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth");
            Assert.True(surplus <= 0, $"{path} is {surplus} px too wide at {width} px.");
        }

        Assert.Equal(4, (await Browser.ScreenshotsAsync(page, name)).Count);
    }
}
