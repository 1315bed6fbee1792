using Microsoft.Playwright;
using Platform.Contracts.Traces;

namespace Platform.Tests.Journey;

/// <summary>Whatever a text of an import or of an address holds, the pages show it as text: nothing runs, leads astray or breaks the page.</summary>
[Trait("Category", "Browser")]
public sealed class HostileTextTests(JourneySite site, Browser browser) : IClassFixture<JourneySite>
{
    private const string Unsafe =
        """
        [...document.querySelectorAll('[href],[src],[action],[formaction]')]
            .filter((element) => !(element.href?.baseVal ?? element.href ?? element.src ?? element.action ?? '').startsWith(location.origin)
                && !/^https:\/\/discord\.com\/channels\//.test(element.href ?? ''))
            .map((element) => element.outerHTML.slice(0, 200))
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Kinds { get; } = [.. HostileLogs.Texts.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Pages_OfAHostileImport_ShowItsTextAndStayWhole(string kind)
    {
        await ImportAsync();
        var place = HostileLogs.Texts.Keys.Index().First(entry => entry.Item == kind).Index;
        var traces = await site.Platform.GetAsync<TraceList>("/api/v1/traces?limit=50", Token);
        var trace = traces.Traces.Single(one => one.SourceTraceId == $"{place:x8}");
        var other = traces.Traces.First(one => one.Id != trace.Id && one.SourceTraceId is "00000000" or "00000001");

        await SeeAllAsync(
            [
                $"/traces/{trace.Id}", $"/traces/{trace.Id}?all=context", $"/traces/{trace.Id}?all=raw", $"/traces/{trace.Id}/calls/0/request/0",
                $"/traces/{trace.Id}/calls/0/request/0?view=json", $"/traces/compare?a={trace.Id}&b={other.Id}",
                $"/traces?bot={Uri.EscapeDataString(trace.Bot[..Math.Min(trace.Bot.Length, 200)])}",
            ]);
    }

    [Fact]
    public async Task Lists_OfHostileImports_ShowTheirTextsAndStayWhole()
    {
        await ImportAsync();

        await SeeAllAsync(["/", "/traces", "/traces/silence", "/traces/import"]);
    }

    [Fact]
    public async Task Pages_HostileAddress_ShowItsTextAndStayWhole()
    {
        var page = await browser.NewPageAsync(site.Address, Token);
        foreach (var texts in HostileLogs.Texts.Values)
        {
            foreach (var value in texts.Take(4).Select(Uri.EscapeDataString))
            {
                await SeeAsync(page, $"/traces?q={value}&bot={value}&channel={value}&model={value}&silent_reason={value}&from={value}");
            }

            // These show a parameter in one place each.
            var (one, other) = (Uri.EscapeDataString(texts[1]), Uri.EscapeDataString(texts[3]));
            foreach (var path in (string[])
                [
                    $"/traces/silence?bot={one}", $"/traces/compare?a={one}&b={other}", $"/traces/compare?a={other}&b={one}",
                    $"/chat?bot={other}", $"/traces/import?run={one}&problem={other}", $"/traces/import?run={other}&problem={one}",
                ])
            {
                await SeeAsync(page, path);
            }
        }

        await page.Context.CloseAsync();
    }

    /// <summary>One trace of each kind; again and again changes nothing.</summary>
    private async Task ImportAsync()
    {
        var run = await site.ImportAsync(HostileLogs.Zip());
        Assert.Equal((HostileLogs.Texts.Count, 0), (run.TracesImported + run.TracesPresent, run.TracesFailed));
    }

    private async Task SeeAllAsync(IEnumerable<string> paths)
    {
        var page = await browser.NewPageAsync(site.Address, Token);
        List<string> complaints = [];
        page.Console += (_, message) => complaints.AddRange(message.Type is "error" ? [message.Text] : []);
        page.Dialog += (_, dialog) => complaints.Add(dialog.Message);
        foreach (var path in paths)
        {
            await SeeAsync(page, path);
        }

        Assert.True(complaints.Count == 0, string.Join('\n', complaints));
        await page.Context.CloseAsync();
    }

    private static async Task SeeAsync(IPage page, string path)
    {
        var response = await page.GotoAsync(path);

        Assert.True(response?.Status < 500, $"{path} answered {response?.Status}.");
        await Browser.FitsAsync(page);
        Assert.Empty(await page.EvaluateAsync<string[]>(Unsafe));
        Assert.False(await page.EvaluateAsync<bool>($"'{HostileLogs.Trophy}' in window"), $"{path} ran what it should have shown.");
        Assert.True(await page.Locator("h1").First.IsVisibleAsync(), $"{path} shows no heading.");
    }
}
