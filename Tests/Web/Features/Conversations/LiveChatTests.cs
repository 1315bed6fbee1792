using Microsoft.Playwright;
using Platform.Contracts.Activations;
using Platform.Contracts.Attention;
using Platform.Contracts.Channels;
using Platform.Contracts.Conversations;
using static Microsoft.Playwright.Assertions;

namespace Platform.Tests.Web.Features.Conversations;

[Trait("Category", "Browser")]
public sealed class LiveChatTests(Browser browser)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Say_InABrowser_ShowsTokensAsTheyComeAndThenTheStoredAnswer()
    {
        await using var web = await WebHost.StartAsync(ConversationPagesTests.World(conversation: true));
        var page = await OpenAsync(web);

        await page.FillAsync("[data-composer]", "hello?");
        await page.ClickAsync("[data-send] button");
        await Expect(page.Locator("[data-thread] .message.user")).ToContainTextAsync("hello?");
        web.Api.Publish("c1", StreamEvents.GenerationStarted, new GenerationEvent("a1", "ada", 1, ActivationState.Running));
        web.Api.Publish("c1", StreamEvents.Token, new TokenEvent("Good ", 0, "a1"));
        await Expect(page.Locator(".streaming .partial")).ToHaveTextAsync("Good ");
        web.Api.Publish("c1", StreamEvents.Token, new TokenEvent("**morning**", 5, "a1"));
        await Expect(page.Locator(".streaming .partial")).ToHaveTextAsync("Good **morning**");

        var answer = StubWorld.Message("c1", 2, MessageRole.Assistant, "Good **morning**") with { ActivationId = "a1", TraceId = "t1", Rehearsal = true };
        web.Api.World.Messages.Add(answer);
        web.Api.Publish("c1", StreamEvents.MessageComplete, new MessageCompleteEvent(answer, 2));

        await Expect(page.Locator("[data-thread] .message.assistant strong").Last).ToHaveTextAsync("morning");
        await Expect(page.Locator(".streaming")).ToHaveCountAsync(0);
        await Expect(page.Locator("[data-composer]")).ToHaveValueAsync("");
    }

    [Fact]
    public async Task GenerationRestarted_InABrowser_DropsThePartialText()
    {
        await using var web = await WebHost.StartAsync(ConversationPagesTests.World(conversation: true));
        var page = await OpenAsync(web);
        web.Api.Publish("c1", StreamEvents.Token, new TokenEvent("lost words", 0, "a1"));
        await Expect(page.Locator(".streaming .partial")).ToHaveTextAsync("lost words");

        web.Api.Publish("c1", StreamEvents.GenerationRestarted, new GenerationEvent("a1", "ada", 2, ActivationState.Running));
        await Expect(page.Locator(".streaming")).ToHaveCountAsync(0);
        web.Api.Publish("c1", StreamEvents.Token, new TokenEvent("new words", 0, "a1"));

        await Expect(page.Locator(".streaming .partial")).ToHaveTextAsync("new words");
    }

    [Fact]
    public async Task Error_InABrowser_ShowsItUnderTheMessage()
    {
        await using var web = await WebHost.StartAsync(ConversationPagesTests.World(conversation: true));
        var page = await OpenAsync(web);
        web.Api.World.Messages.Add(StubWorld.Message("c1", 1, MessageRole.User, "hello?") with
        {
            Activations = [Activation(ActivationState.Failed, new ActivationError("model_error", "The provider answered 500."))],
        });

        web.Api.Publish("c1", StreamEvents.Error, new StreamErrorEvent("model_error", "The provider answered 500.", null, "a1", "t1"));

        await Expect(page.Locator(".activation-outcome.failed")).ToContainTextAsync("The provider answered 500.");
    }

    /// <summary>A worker that is back reports itself some seconds after its first answer; until then the page that is fetched says that there is none.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task NoWorker_InABrowser_IsShownForAnothersMessageUntilOneIsBack(bool answers)
    {
        await using var web = await WebHost.StartAsync(ConversationPagesTests.World(conversation: true));
        var page = await OpenAsync(web);
        var notice = page.Locator("[data-no-worker]");
        var asked = StubWorld.Message("c1", 1, MessageRole.User, "hello?");
        web.Api.World.Attention = [new AttentionItem(AttentionKind.Worker, AttentionLevel.Problem, 1, "No worker is running.")];
        web.Api.World.Messages.Add(asked with { Activations = [Activation(ActivationState.Queued)] });

        web.Api.Publish("c1", StreamEvents.Message, new MessageCompleteEvent(asked, 1));
        await Expect(notice).ToHaveCountAsync(1);
        await Expect(page.Locator("[data-waiting]")).ToHaveTextAsync("Waiting for a worker …");

        if (answers)
        {
            var answer = StubWorld.Message("c1", 2, MessageRole.Assistant, "Good morning.") with { ActivationId = "a1", TraceId = "t1" };
            web.Api.World.Messages[0] = asked with { Activations = [Activation(ActivationState.Answered)] };
            web.Api.World.Messages.Add(answer);
            web.Api.Publish("c1", StreamEvents.MessageComplete, new MessageCompleteEvent(answer, 2));
            await Expect(page.Locator("[data-thread]")).ToContainTextAsync("Good morning.");
        }
        else
        {
            web.Api.World.Attention = [];
            web.Api.Publish("c1", StreamEvents.Heartbeat, new { timestamp = StubWorld.Now });
        }

        await Expect(notice).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task NoWorker_DuringAnAnswer_IsShown()
    {
        await using var web = await WebHost.StartAsync(ConversationPagesTests.World(conversation: true));
        var page = await OpenAsync(web);
        web.Api.Publish("c1", StreamEvents.Token, new TokenEvent("Good ", 0, "a1"));
        await Expect(page.Locator(".streaming .partial")).ToHaveTextAsync("Good ");
        web.Api.World.Attention = [new AttentionItem(AttentionKind.Worker, AttentionLevel.Problem, 1, "No worker is running.")];

        web.Api.Publish("c1", StreamEvents.Heartbeat, new { timestamp = StubWorld.Now });

        await Expect(page.Locator("[data-no-worker]")).ToHaveCountAsync(1);
        await Expect(page.Locator(".streaming .partial")).ToHaveTextAsync("Good ");
    }

    [Fact]
    public async Task Outage_InABrowser_KeepsTheTypedTextAndIsOverByItself()
    {
        await using var web = await WebHost.StartAsync(ConversationPagesTests.World(conversation: true));
        var page = await OpenAsync(web);
        await page.FillAsync("[data-composer]", "A long message.");
        await page.RouteAsync("**/chat/c1", route => route.FulfillAsync(new RouteFulfillOptions { Status = 503, Body = "The database is unavailable." }));
        web.Api.World.Messages.Add(StubWorld.Message("c1", 1, MessageRole.User, "From elsewhere."));
        web.Api.Publish("c1", StreamEvents.Error, new StreamErrorEvent("database_unavailable", "The database is unavailable.", 2, null, null));
        web.Api.Publish("c1", StreamEvents.Message, new MessageCompleteEvent(web.Api.World.Messages[0], 1));

        await page.ClickAsync("[data-send] button");
        await Expect(page.Locator("[data-problem]")).ToContainTextAsync("status 503");
        await Expect(page.Locator("[data-composer]")).ToHaveValueAsync("A long message.");

        await page.UnrouteAsync("**/chat/c1");
        web.Api.Publish("c1", StreamEvents.Heartbeat, new { timestamp = StubWorld.Now });
        await Expect(page.Locator("[data-thread]")).ToContainTextAsync("From elsewhere.");
        await Expect(page.Locator("[data-composer]")).ToHaveValueAsync("A long message.");
    }

    [Fact]
    public async Task Page_InABrowser_BreaksNoRuleOfItsOwnPolicy()
    {
        await using var web = await WebHost.StartAsync(ConversationPagesTests.World(conversation: true));
        var page = await browser.NewPageAsync(web.Address, Cancellation);
        List<string> complaints = [];
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                complaints.Add(message.Text);
            }
        };

        foreach (var path in new[] { "/", "/traces", "/chat", "/chat/c1", "/bots", "/login" })
        {
            await page.GotoAsync(path);
            await Expect(page.Locator("html.scripted")).ToHaveCountAsync(1);
        }

        Assert.Empty(complaints);
    }

    private static ActivationResponse Activation(ActivationState state, ActivationError? error = null) => new(
        "a1", "id-ada", "ada", "c1", "m1", ActivationReason.Conversation, state, null, error, 1, "t1", null, StubWorld.Now, StubWorld.Now, StubWorld.Now);

    private async Task<IPage> OpenAsync(WebHost web)
    {
        var page = await browser.NewPageAsync(web.Address, Cancellation);
        await page.GotoAsync("/chat/c1");
        await Eventually.TrueAsync(
            () => web.Api.Requests.Any(request => request.Target.Contains("/stream", StringComparison.Ordinal)),
            TimeSpan.FromSeconds(15),
            "the page follows the stream");
        return page;
    }
}
