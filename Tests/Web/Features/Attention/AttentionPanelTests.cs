using Platform.Contracts.Attention;
using Platform.Contracts.Bots;
using Platform.Contracts.Conversations;

namespace Platform.Tests.Web.Features.Attention;

public sealed class AttentionPanelTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(AttentionKind.Worker, "/jobs")]
    [InlineData(AttentionKind.Models, "/bots")]
    [InlineData(AttentionKind.TokenCeiling, "/#ceiling")]
    [InlineData(AttentionKind.ParkedActivations, "/queue")]
    [InlineData(AttentionKind.Webhooks, "/webhooks")]
    [InlineData(AttentionKind.DeadLetters, "/dead-letters")]
    [InlineData(AttentionKind.WaitingDeliveries, "/outbox")]
    [InlineData(AttentionKind.Jobs, "/jobs")]
    [InlineData(AttentionKind.JobQueue, "/jobs#queue")]
    [InlineData(AttentionKind.Backups, "/jobs#backups")]
    [InlineData(AttentionKind.BotFiles, "/bots#files")]
    public async Task Overview_Item_IsShownWithItsPage(AttentionKind kind, string link)
    {
        await using var web = await WebHost.StartAsync(new StubWorld
        {
            Overview = StubWorld.EmptyOverview() with { Answered = 1 },
            Attention = [new AttentionItem(kind, AttentionLevel.Problem, 2, "Two things are wrong.")],
        });

        var html = await web.HtmlAsync("/", Cancellation);

        Assert.Matches($"Two things are wrong\\. <a href=\"{link}\">", html);
        Assert.Contains("data-status=\"attention\"", html, StringComparison.Ordinal);
        Assert.Contains("data-badge=\"1\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Overview_OnlyInformation_IsShownWithoutAlarmAndBadge()
    {
        await using var web = await WebHost.StartAsync(new StubWorld
        {
            Overview = StubWorld.EmptyOverview() with { Answered = 1 },
            Attention = [new AttentionItem(AttentionKind.DisabledBots, AttentionLevel.Information, 1, "1 bot is disabled in its file: ada.")],
        });

        var html = await web.HtmlAsync("/", Cancellation);

        Assert.Contains("1 bot is disabled in its file: ada.", html, StringComparison.Ordinal);
        Assert.Contains("data-status=\"ok\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Needs attention", html, StringComparison.Ordinal);
        Assert.DoesNotContain("data-badge", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Overview_AttentionCannotBeRead_DoesNotSayThatAllIsWell()
    {
        await using var web = await WebHost.StartAsync(new StubWorld { Overview = StubWorld.EmptyOverview() with { Answered = 1 }, Attention = null });

        var html = await web.HtmlAsync("/", Cancellation);

        Assert.Contains("data-attention=\"unknown\"", html, StringComparison.Ordinal);
        Assert.Contains("data-status=\"unknown\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Conversation_Worker_SaysThatNobodyAnswersOnlyWithoutOne(bool runs)
    {
        var world = new StubWorld
        {
            Bots = new BotList([StubWorld.Bot("ada")], []),
            Attention = runs ? [] : [new AttentionItem(AttentionKind.Worker, AttentionLevel.Problem, 1, "No worker is running.")],
        };
        world.Create(new CreateConversationRequest("ada"));
        await using var web = await WebHost.StartAsync(world);

        var html = await web.HtmlAsync("/chat/c1", Cancellation);

        Assert.Equal(!runs, html.Contains("No worker is running, so nobody answers at the moment.", StringComparison.Ordinal));
    }
}
