using Microsoft.Playwright;
using Platform.Contracts.Activations;
using Platform.Contracts.Schedules;
using Platform.Contracts.Traces;
using Platform.Tests.Accessibility;
using Platform.Tests.Worker.Activations;

namespace Platform.Tests.Journey;

/// <summary>Every page with real content, at both widths and colour schemes; the pictures stay in artifacts/screenshots.</summary>
[Trait("Category", "Browser")]
public sealed class PagePicturesTests(JourneySite site, Browser browser) : IClassFixture<JourneySite>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_WithContent_FitBothWidthsWithoutComplaint()
    {
        var import = await site.ImportSamplesAsync();
        var conversation = await site.Platform.ConverseAsync("rehearsed", Token);
        var posted = await site.Platform.PostAsync(conversation.Id, "What is a good day made of?", Token);
        var activation = await site.Platform.EndOfAsync(posted.ActivationId, Token);
        Assert.Equal(ActivationState.Answered, activation.State);
        var failed = (await site.Platform.GetAsync<TraceList>("/api/v1/traces?outcome=failed", Token)).Traces[0];
        var tools = (await site.Platform.GetAsync<TraceList>("/api/v1/traces?q=26956798", Token)).Traces[0];
        var page = await browser.NewPageAsync(site.Address, Token);
        List<string> complaints = [];
        page.Console += (_, message) => complaints.AddRange(message.Type is "error" ? [message.Text] : []);
        page.PageError += (_, error) => complaints.Add(error);

        await SeeAsync(page, complaints, "/", "overview");
        await SeeAsync(page, complaints, $"/chat/{conversation.Id}", "chat");
        await SeeAsync(page, complaints, "/?range=7d", "overview-week");
        await SeeAsync(page, complaints, "/traces", "traces");
        await SeeAsync(page, complaints, "/traces?bot=PlainBot&outcome=failed&model=x&from=2026-01-01", "traces-nothing");
        await SeeAsync(page, complaints, "/traces?channel=1289595876716707914&duration_from=1", "traces-narrowed");
        await SeeAsync(page, complaints, "/traces/silence?from=2026-01-01", "silence");
        await SeeAsync(page, complaints, $"/traces/{activation.TraceId}", "trace");
        await SeeAsync(page, complaints, $"/traces/{failed.Id}", "trace-failed");
        await SeeAsync(page, complaints, $"/traces/{tools.Id}", "trace-tools");
        await SeeAsync(page, complaints, $"/traces/{tools.Id}/calls/0/request/4", "trace-body");
        await SeeAsync(page, complaints, $"/traces/{tools.Id}/calls/0/request/4?view=json", "trace-body-json");
        await SeeAsync(page, complaints, $"/traces/compare?a={failed.Id}&b={tools.Id}", "compare");
        await SeeAsync(page, complaints, "/traces/import", "import");
        await SeeAsync(page, complaints, $"/traces/import?run={import.Id}&problem=too-large", "import-refused");
        await SeeAsync(page, complaints, "/bots", "bots");

        Assert.True(complaints.Count == 0, string.Join('\n', complaints));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task OperationsPages_WithContent_FitBothWidthsWithoutComplaint()
    {
        var gate = new ModelGate();
        site.Platform.Models.Default = _ => ModelReply.Held(gate, "At last.");
        await site.Platform.PostAsync((await site.Platform.ConverseAsync("talker", Token)).Id, "Please hold the line until I say so", Token);
        await gate.Reached.WaitAsync(TestPlatform.Patience, Token);
        site.Platform.Models.Default = _ => ModelReply.RateLimited(TimeSpan.FromMinutes(7));
        await site.Platform.PromptAsync("talker", Token);
        var parked = await site.Platform.PromptAsync("talker", Token);
        await UntilInQueueAsync(queue => queue is { Running: 1, Deferred: 2 });
        await site.Platform.Database.ExecuteAsync(
            $"""
            update activations set state = 'parked', losses = 5, attempt = 5, error_code = 'worker_lost',
                error_message = 'Parked: started 5 times, and its worker was lost each time. Retry it or mark it as failed.'
            where id = '{parked}' and state = 'queued'
            """,
            Token);
        using (await site.Platform.Client.PostAsync(new Uri("/api/v1/schedules/index-check/run", UriKind.Relative), null, Token))
        {
            await Eventually.TrueAsync(
                async token => (await site.Platform.GetAsync<ScheduleList>("/api/v1/schedules", token)).Schedules.Single(one => one.Name == "index-check").Last is not null,
                TestPlatform.Patience,
                "index-check ends");
        }

        var page = await browser.NewPageAsync(site.Address, Token);
        List<string> complaints = [];
        page.Console += (_, message) => complaints.AddRange(message.Type is "error" ? [message.Text] : []);
        page.PageError += (_, error) => complaints.Add(error);

        await SeeAsync(page, complaints, "/queue", "queue");
        await SeeAsync(page, complaints, "/queue?state=parked", "queue-parked");
        await SeeAsync(page, complaints, "/jobs", "jobs-real");

        Assert.True(complaints.Count == 0, string.Join('\n', complaints));
        gate.Open();
        await page.Context.CloseAsync();
    }

    private Task UntilInQueueAsync(Func<QueueResponse, bool> condition) => Eventually.TrueAsync(
        async token => condition(await site.Platform.GetAsync<QueueResponse>("/api/v1/queue", token)), TestPlatform.Patience, "the queue holds what was asked");

    private static async Task SeeAsync(IPage page, List<string> complaints, string path, string name)
    {
        var response = await page.GotoAsync(path);
        Assert.Equal(200, response?.Status);
        await Browser.FitsAsync(page);
        Assert.Equal(Browser.Pictures.Count, (await Browser.ScreenshotsAsync(page, name)).Count);

        // Colours are what the schemes differ in.
        foreach (var (scheme, rules) in ((ColorScheme, string[])[])[(ColorScheme.Dark, []), (ColorScheme.Light, ["color-contrast"])])
        {
            await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
            complaints.AddRange((await AxeCore.ViolationsAsync(page, rules, Token)).Select(violation => $"{path}, {scheme}: {violation}"));
        }
    }
}
