using System.Net;
using Platform.Contracts.Activations;
using Platform.Contracts.Bots;
using Platform.Contracts.Channels;
using Platform.Contracts.Conversations;

namespace Platform.Tests.Web.Features.Conversations;

public sealed class ConversationPagesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_WithAFirstMessage_CreatesPostsAndLeadsThere()
    {
        await using var web = await WebHost.StartAsync(World());
        using var visitor = web.NewVisitor();

        using var response = await WebHost.SendFormAsync(
            visitor, "/chat", "/chat", new Dictionary<string, string> { ["Start.Bot"] = "ada", ["Start.Content"] = "hello" }, Cancellation);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.EndsWith("/chat/c1#end", response.Headers.Location?.OriginalString, StringComparison.Ordinal);
        Assert.Equal("hello", Assert.Single(web.Api.World.Messages).Content);
    }

    [Fact]
    public async Task Start_UnknownBot_SaysWhatIsWrong()
    {
        await using var web = await WebHost.StartAsync(World());
        using var visitor = web.NewVisitor();

        using var response = await WebHost.SendFormAsync(
            visitor, "/chat", "/chat", new Dictionary<string, string> { ["Start.Bot"] = "nobody", ["Start.Content"] = "hello" }, Cancellation);
        var html = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(Cancellation));

        Assert.Contains("There is no bot 'nobody'.", html, StringComparison.Ordinal);
        Assert.Contains(">hello</textarea>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Say_WithoutScript_PostsAndShowsTheMessage()
    {
        await using var web = await WebHost.StartAsync(World(conversation: true));
        using var visitor = web.NewVisitor();

        using var response = await WebHost.SendFormAsync(
            visitor, "/chat/c1", "/chat/c1", new Dictionary<string, string> { ["Send.Content"] = "**how** are you?" }, Cancellation);
        var html = await visitor.GetStringAsync(new Uri("/chat/c1", UriKind.Relative), Cancellation);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Contains("<strong>how</strong> are you?", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Say_Nothing_KeepsThePageAndSaysWhy()
    {
        await using var web = await WebHost.StartAsync(World(conversation: true));
        using var visitor = web.NewVisitor();

        using var response = await WebHost.SendFormAsync(
            visitor, "/chat/c1", "/chat/c1", new Dictionary<string, string> { ["Send.Content"] = "  " }, Cancellation);

        Assert.Contains("write something", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Empty(web.Api.World.Messages);
    }

    [Fact]
    public async Task Page_FailedAndSilentActivations_AreShownUnderTheirMessage()
    {
        var world = World(conversation: true);
        world.Messages.Add(Asked(1, ActivationState.Failed, null, new ActivationError("model_timeout", "The model sent nothing for 60 s.")));
        world.Messages.Add(Asked(2, ActivationState.Silent, "cooldown", null));
        await using var web = await WebHost.StartAsync(world);
        using var visitor = web.NewVisitor();

        var html = await visitor.GetStringAsync(new Uri("/chat/c1", UriKind.Relative), Cancellation);

        Assert.Contains("activation-outcome failed", html, StringComparison.Ordinal);
        Assert.Contains("activation-outcome silent", html, StringComparison.Ordinal);
        Assert.Contains("The model sent nothing for 60 s.", html, StringComparison.Ordinal);
        Assert.Contains("did not answer: cooldown", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/traces/trace-1\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_AnswerOfTheRehearsalModel_IsMarkedAndLeadsToItsTrace()
    {
        var world = World(conversation: true);
        world.Messages.Add(StubWorld.Message("c1", 1, MessageRole.Assistant, "hello") with { Rehearsal = true, TraceId = "t9" });
        await using var web = await WebHost.StartAsync(world);
        using var visitor = web.NewVisitor();

        var html = await visitor.GetStringAsync(new Uri("/chat/c1", UriKind.Relative), Cancellation);
        var message = html[html.IndexOf("id=\"m1\"", StringComparison.Ordinal)..];

        Assert.Contains("class=\"rehearsal\"", message, StringComparison.Ordinal);
        Assert.Contains("href=\"/traces/t9\"", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_AnswerUnderWay_LooksAgainWithoutScript()
    {
        var world = World(conversation: true);
        world.Messages.Add(Asked(1, ActivationState.Running, null, null));
        await using var web = await WebHost.StartAsync(world);
        using var visitor = web.NewVisitor();

        var html = await visitor.GetStringAsync(new Uri("/chat/c1", UriKind.Relative), Cancellation);

        Assert.Contains("<meta http-equiv=\"refresh\" content=\"3\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_UnknownConversation_Is404()
    {
        await using var web = await WebHost.StartAsync();
        using var visitor = web.NewVisitor();

        using var response = await visitor.GetAsync(new Uri("/chat/none", UriKind.Relative), Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    /// <summary>A world with one bot and, if asked for, one empty conversation with it.</summary>
    internal static StubWorld World(bool conversation = false)
    {
        var world = new StubWorld { Bots = new BotList([StubWorld.Bot("ada", "Ada Brandt", "🕯️")], []) };
        if (conversation)
        {
            world.Create(new CreateConversationRequest("ada"));
        }

        return world;
    }

    private static MessageResponse Asked(int sequence, ActivationState state, string? silentReason, ActivationError? error) =>
        StubWorld.Message("c1", sequence, MessageRole.User, "hello?") with
        {
            Activations =
            [
                new ActivationResponse(
                    $"a{sequence}", "id-ada", "ada", "c1", $"m{sequence}", ActivationReason.Conversation, state, silentReason, error, 1,
                    $"trace-{sequence}", null, StubWorld.Now, StubWorld.Now, StubWorld.Now),
            ],
        };
}
