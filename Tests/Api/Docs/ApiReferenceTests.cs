using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Platform.Tests.Api.Docs;

[Trait("Category", "Browser")]
[Collection(SharedPlatformCollection.Name)]
public sealed class ApiReferenceTests(SharedPlatform shared, Browser browser)
{
    private static readonly LocatorAssertionsToBeAttachedOptions Patient = new() { Timeout = (float)TestPlatform.Patience.TotalMilliseconds };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_Opened_ListsRoutesAndAsksNoOtherServer()
    {
        var address = (await shared.GetAsync(Token)).Api.BaseAddress;
        var page = await browser.NewPageAsync(address, Token);
        List<string> elsewhere = [];
        page.Request += (_, request) =>
        {
            if (request.Url.StartsWith("http", StringComparison.Ordinal) && new Uri(request.Url).Authority != address.Authority)
            {
                elsewhere.Add(request.Url);
            }
        };

        await page.GotoAsync("/docs");

        await Expect(page.GetByText("Get the health as one word").First).ToBeAttachedAsync(Patient);
        Assert.Empty(elsewhere);
        await page.Context.CloseAsync();
    }
}
