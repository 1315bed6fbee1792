using Platform.Contracts.Statistics;

namespace Platform.Tests.Web.Features.Statistics;

public sealed class SilentReasonsPageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_Silences_AreAddedUpByRuleAndLeadToTheirTraces()
    {
        var world = new StubWorld
        {
            Silence = new SilenceList(StubWorld.Now.AddDays(-7),
            [
                new("ada", "c1", "the pier", "may_speak", 20, StubWorld.Now),
                new("bea", "c2", null, "dotted_message", 9, StubWorld.Now),
                new("bea", "c1", "the pier", "may_speak", 4, StubWorld.Now),
            ]),
        };
        await using var web = await WebHost.StartAsync(world);
        using var visitor = web.NewVisitor();

        var html = await visitor.GetStringAsync(new Uri("/traces/silence?from=24h", UriKind.Relative), Cancellation);

        Assert.Contains("may_speak is false: 24", html, StringComparison.Ordinal);
        Assert.Contains("may_speak: false", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/traces?silent_reason=dotted_message&amp;from=24h&amp;bot=bea&amp;channel=c2\"", html, StringComparison.Ordinal);
        Assert.Contains("from=24h", web.Api.Requests.Single(request => request.Target.StartsWith("/api/v1/statistics/silence", StringComparison.Ordinal)).Target, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_NoSilentActivations_ShowsTheEmptyState()
    {
        await using var web = await WebHost.StartAsync();
        using var visitor = web.NewVisitor();

        Assert.Contains("data-empty=\"none\"", await visitor.GetStringAsync(new Uri("/traces/silence", UriKind.Relative), Cancellation), StringComparison.Ordinal);
    }
}
