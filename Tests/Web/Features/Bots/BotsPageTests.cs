using Platform.Contracts.Bots;

namespace Platform.Tests.Web.Features.Bots;

public sealed class BotsPageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_Cast_ShowsWhoAndWhoSleeps()
    {
        var world = new StubWorld { Bots = new BotList([StubWorld.Bot("ada", "Ada Brandt", "🕯️"), StubWorld.Bot("moth", enabled: false)], []) };
        await using var web = await WebHost.StartAsync(world);
        using var visitor = web.NewVisitor();

        var html = await visitor.GetStringAsync(new Uri("/bots", UriKind.Relative), Cancellation);

        Assert.Contains("Ada Brandt", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/chat?bot=ada#new\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/chat?bot=moth#new\"", html, StringComparison.Ordinal);
        Assert.Contains("class=\"rehearsal\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_FileWithAnError_NamesFileLineKeyAndRemedy()
    {
        var problem = new BotFileProblem("error", "bots/ada.yaml", 14, "temperature", "temperature is 'hot'", "Write a number from 0 to 2.");
        var world = new StubWorld { Bots = new BotList([StubWorld.Bot("ada")], [new BotFileResponse("bots/ada.yaml", "id-ada", false, [problem], StubWorld.Now)]) };
        await using var web = await WebHost.StartAsync(world);
        using var visitor = web.NewVisitor();

        var html = await visitor.GetStringAsync(new Uri("/bots", UriKind.Relative), Cancellation);

        Assert.Contains("bots/ada.yaml:14", html, StringComparison.Ordinal);
        Assert.Contains("Write a number from 0 to 2.", html, StringComparison.Ordinal);
        Assert.Contains("last valid version", html, StringComparison.Ordinal);
    }
}
