using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Platform.Contracts.Channels;
using Platform.Contracts.Traces;
using static Microsoft.Playwright.Assertions;

namespace Platform.Tests.Journey;

/// <summary>What a person does who has just started the platform, in a real browser against real processes.</summary>
[Trait("Category", "Browser")]
[Collection(JourneyCollection.Name)]
public sealed partial class NewcomerJourneyTests(JourneySite site, Browser browser)
{
    private const string Question = "When does the tide turn?";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OverviewToRawRequest_BotThatAnswers_ShowsEveryStep()
    {
        ModelGate[] gates = [new(), new(), new()];
        site.Platform.Models.Enqueue(ModelReply.Stepped(gates, "The tide", " turns", " at", " six."));
        var page = await browser.NewPageAsync(site.Address, Token);
        await page.GotoAsync("/");

        await SayAsync(page, Question);

        await SeeTokensOneAfterAnotherAsync(page, gates);
        await OpenTraceOfAnswerAsync(page);
        await SeeRawRequestAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Open chat" }).ClickAsync();
        await Expect(page.Locator(".message.user")).ToContainTextAsync(Question);
        await Expect(page.Locator(".message.assistant")).ToContainTextAsync("The tide turns at six.");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Say_ModelThatFails_ShowsASentenceAndItsTrace()
    {
        site.Platform.Models.Enqueue(ModelReply.ServerError());
        var page = await browser.NewPageAsync(site.Address, Token);
        await page.GotoAsync("/");

        await SayAsync(page, "Are you well?");

        var failure = page.Locator(".activation-outcome.failed");
        await Expect(failure).ToContainTextAsync("talker failed:");
        var sentence = SentenceOf().Match(await failure.InnerTextAsync()).Groups[1].Value;
        Assert.True(sentence.Length > 10, $"The page gives no reason: '{sentence}'.");
        await Expect(page.Locator("[data-waiting]")).ToHaveCountAsync(0);
        await failure.GetByRole(AriaRole.Link, new() { Name = "Open trace" }).ClickAsync();
        await Expect(page.Locator(".outcome.failed")).ToHaveTextAsync("failed");
        await Expect(page.Locator("#outcome .error-line")).ToHaveTextAsync(sentence);
        await Expect(page.Locator("#calls .call.failed")).ToHaveCountAsync(1);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task TraceList_ImportedSamples_AreThereAndAFailedOneShowsItsError()
    {
        var run = await site.ImportSamplesAsync();
        Assert.Equal((15, 0), (run.TracesImported + run.TracesPresent, run.TracesFailed));
        var page = await browser.NewPageAsync(site.Address, Token);

        await page.GotoAsync("/traces");
        await Expect(page.Locator(".traces tbody tr").Filter(new() { HasText = "chapterx" })).ToHaveCountAsync(15);
        await page.GetByRole(AriaRole.Navigation, new() { Name = "Outcome" }).GetByRole(AriaRole.Link, new() { Name = "failed" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(FailedTracesAddress());
        await page.Locator(".traces tbody tr").Filter(new() { HasText = "chapterx" }).First.Locator("a.row-link").ClickAsync();

        await Expect(page.Locator(".outcome.failed")).ToHaveTextAsync("failed");
        var id = new Uri(page.Url).Segments[^1];
        var trace = await site.Platform.GetAsync<TraceDetail>($"/api/v1/traces/{id}", Token);
        Assert.NotEmpty(trace.Summary.ErrorMessage ?? "");
        await Expect(page.Locator("#outcome .error-line")).ToHaveTextAsync(trace.Summary.ErrorMessage ?? "");
        await page.Context.CloseAsync();
    }

    /// <summary>From the overview to a conversation with the bot that the model server speaks for.</summary>
    private static async Task SayAsync(IPage page, string text)
    {
        await page.Locator(".bot-shortcuts a[href*='bot=talker']").ClickAsync();
        await page.FillAsync("[data-composer]", text);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(ConversationAddress());
    }

    private async Task SeeTokensOneAfterAnotherAsync(IPage page, ModelGate[] gates)
    {
        var growing = page.Locator(".streaming .partial");
        await Expect(growing).ToHaveTextAsync("The tide");
        gates[0].Open();
        await Expect(growing).ToHaveTextAsync("The tide turns");
        gates[1].Open();
        await Expect(growing).ToHaveTextAsync("The tide turns at");
        await Expect(page.Locator("[data-thread] .message.assistant")).ToHaveCountAsync(0);
        var conversation = ConversationAddress().Match(page.Url).Groups[1].Value;
        Assert.DoesNotContain(await site.Platform.MessagesAsync(conversation, Token), message => message.Role == MessageRole.Assistant);

        gates[2].Open();

        await Expect(page.Locator("[data-thread] .message.assistant .prose")).ToHaveTextAsync("The tide turns at six.");
        await Expect(page.Locator(".streaming")).ToHaveCountAsync(0);
    }

    private static async Task OpenTraceOfAnswerAsync(IPage page)
    {
        await page.Locator(".message.assistant footer").GetByRole(AriaRole.Link, new() { Name = "Trace" }).ClickAsync();
        await Expect(page.Locator(".outcome.answered")).ToHaveTextAsync("answered");
        await Expect(page.Locator("#outcome .answer-text")).ToHaveTextAsync("The tide turns at six.");
    }

    /// <summary>In place on the trace's page, and on the page of its own that the link leads to without script.</summary>
    private static async Task SeeRawRequestAsync(IPage page)
    {
        // Before the page's script has run the fold holds a link to a page of its own, as it does without script.
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        var fold = page.Locator("#calls details[data-body]").Filter(new() { HasText = "Raw request" });
        await fold.Locator("summary").First.ClickAsync();
        var inPlace = page.Locator("#calls details[open] [data-body-text]");
        await Expect(inPlace.Locator(".wire-message").Last).ToContainTextAsync(Question);
        await inPlace.GetByRole(AriaRole.Link, new() { Name = "JSON" }).ClickAsync();
        await Expect(inPlace.Locator("details.json-fold").First).ToBeVisibleAsync();
        AssertIsTheRequest(await inPlace.Locator(".json-tree").TextContentAsync());

        var address = await fold.GetAttributeAsync("data-body");
        await page.GotoAsync(address ?? throw new InvalidOperationException("The fold has no address."));
        await page.GetByRole(AriaRole.Link, new() { Name = "Raw", Exact = true }).ClickAsync();
        await Expect(page.Locator("pre#body-text")).ToBeVisibleAsync();
        AssertIsTheRequest(await page.Locator("#body-text").TextContentAsync());
        await page.GoBackAsync();
        await page.GoBackAsync();
    }

    private static void AssertIsTheRequest(string? json)
    {
        var request = JsonElement.Parse(json ?? "");
        Assert.Equal("test-model", request.GetProperty("model").GetString());
        Assert.Contains(Question, request.GetProperty("messages").EnumerateArray().Last().GetProperty("content").ToString(), StringComparison.Ordinal);
    }

    [GeneratedRegex("/chat/([0-9a-f-]{32,36})")]
    private static partial Regex ConversationAddress();

    [GeneratedRegex(@"/traces\?outcome=failed$")]
    private static partial Regex FailedTracesAddress();

    [GeneratedRegex("talker failed: (.*) Open trace", RegexOptions.Singleline)]
    private static partial Regex SentenceOf();
}
