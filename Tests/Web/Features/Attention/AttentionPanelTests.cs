using Platform.Contracts.Attention;

namespace Platform.Tests.Web.Features.Attention;

public sealed class AttentionPanelTests(AttentionSite site) : IClassFixture<AttentionSite>
{
    private static readonly AttentionItem NoWorker = new(AttentionKind.Worker, AttentionLevel.Problem, 1, "No worker is running.");

    private static readonly AttentionItem Disabled = new(AttentionKind.DisabledBots, AttentionLevel.Information, 1, "1 bot is disabled in its file: ada.");

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
    public async Task Overview_Problem_IsShownWithItsPage(AttentionKind kind, string link)
    {
        var html = await site.HtmlAsync("/", [new AttentionItem(kind, AttentionLevel.Problem, 2, "Two things are wrong."), Disabled]);

        Assert.Matches($"Two things are wrong\\. <a href=\"{link}\"", html);
        Assert.Contains("1 item needs attention.", html, StringComparison.Ordinal);
        Assert.Contains("data-badge=\"1\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Overview_OnlyInformation_IsShownWithoutAlarmAndBadge()
    {
        var html = await site.HtmlAsync("/", [Disabled]);

        Assert.Contains(Disabled.Message, html, StringComparison.Ordinal);
        Assert.Contains("data-status=\"ok\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Needs attention", html, StringComparison.Ordinal);
        Assert.DoesNotContain("data-badge", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Overview_NothingNeedsAttention_HasNoListAndNoBadge()
    {
        var html = await site.HtmlAsync("/", []);

        Assert.Contains("data-status=\"ok\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("data-attention", html, StringComparison.Ordinal);
        Assert.DoesNotContain("data-badge", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Overview_AttentionCannotBeRead_DoesNotTellThatAllIsWell()
    {
        var html = await site.HtmlAsync("/", null);

        Assert.Contains("data-attention=\"unknown\"", html, StringComparison.Ordinal);
        Assert.Contains("data-status=\"unknown\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Conversation_Worker_TellsThatNobodyAnswersOnlyWithoutOne(bool runs)
    {
        var html = await site.HtmlAsync("/chat/c1", runs ? [] : [NoWorker]);

        Assert.Equal(!runs, html.Contains("data-no-worker", StringComparison.Ordinal));
    }
}
