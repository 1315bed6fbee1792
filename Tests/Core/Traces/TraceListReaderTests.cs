using Platform.Contracts.Traces;
using Platform.Core.Access;
using Platform.Core.Traces;
using Platform.Tests.Core.Traces.ChapterX;

namespace Platform.Tests.Core.Traces;

public sealed class TraceListReaderTests(ManyTraces traces) : IClassFixture<ManyTraces>
{
    private const int Many = ManyTraces.Count;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ImportHost Host => traces.Host;

    public static TheoryData<string, int, int> Filters => new()
    {
        { "", 1, Many },
        { "bot=bea", 10, Many / 10 },
        { "channel=c2", 2, Many / 3 },
        { "outcome=failed", 100, Many / 100 },
        { "silent_reason=rule_1", 7, 321 },
        { "model=rare", 1, 9 },
        { "cost_from=4.4", 4400, 21 },
        { "duration_from=4491", 4491, 10 },
        { "from=2026-02-28T23:40:00Z&to=2026-02-28T23:50:00Z", 11, 10 },
        { "bot=bea&outcome=failed&channel=c1", 100, 15 },
        { "bot=nobody", 0, 0 },
        { "q=every", 1, Many },
        { "q=WORD3 eve", 3, Many / 4 },
        { "q=oldest", Many, 1 },
        { "q=oldest&bot=bea", Many, 1 },
        { "q=oldest&bot=ada", 0, 0 },
        { "q=nowhere", 0, 0 },
        { "q=....", 0, 0 },
        { "q=1443805843513417103", 3, 3 },
        { "q=1443805843513417103&bot=bea", 0, 0 },
        { "q=https://discord.com/channels/1/2/1443805843513417001", 1, 30 },
        { "q=trace-4321", 4321, 1 },
    };

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task List_PageByPage_ShowsEachMatchOnceNewestFirst(string filter, int newest, int count)
    {
        List<Trace> seen = [];
        TraceCursor? after = null;
        do
        {
            var page = await Host.Search.ListAsync(Tenant.Home, TestFilter.Of(filter), after, 200, Token);
            seen.AddRange(page.Traces);
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(count, seen.Count);
        Assert.Equal(count, seen.DistinctBy(trace => trace.Id).Count());
        Assert.Equal(seen.OrderByDescending(trace => trace.StartedAt).Select(trace => trace.Id), seen.Select(trace => trace.Id));
        Assert.Equal(newest == 0 ? null : $"trace-{newest}", seen.FirstOrDefault()?.SourceTraceId);
    }

    [Theory]
    [InlineData("bea", 450, false)]
    [InlineData("nobody", 0, false)]
    [InlineData("ada", 4050, true)]
    public async Task Count_FewOrMany_IsCountedOrEstimated(string bot, long count, bool isEstimate)
    {
        var total = await Host.Counter.CountAsync(Tenant.Home, TestFilter.Of($"bot={bot}"), Token);

        Assert.Equal(isEstimate, total?.IsEstimate);
        Assert.InRange(total?.Count ?? -1, isEstimate ? count * 8 / 10 : count, isEstimate ? count * 12 / 10 : count);
    }

    [Fact]
    public async Task Count_OfWords_IsNotKnown() =>
        Assert.Null(await Host.Counter.CountAsync(Tenant.Home, TestFilter.Of("q=every"), Token));

    [Fact]
    public async Task Facets_OfManyTraces_NameEachValueOnce()
    {
        Assert.Equal(["ada", "bea"], await Host.Facets.BotsAsync(Tenant.Home, Token));
        Assert.Equal(["rare", "usual"], await Host.Facets.ModelsAsync(Tenant.Home, Token));
        Assert.Equal(["rule_0", "rule_1"], await Host.Facets.SilentReasonsAsync(Tenant.Home, Token));
        Assert.Equal(
            [new TraceChannel("c0", "room 0"), new TraceChannel("c1", "room 1"), new TraceChannel("c2", "room 2")],
            await Host.Facets.ChannelsAsync(Tenant.Home, Token));
        Assert.Equal(["ada"], await Host.Facets.BotsAsync("elsewhere", Token));
        Assert.Empty(await Host.Facets.ModelsAsync("elsewhere", Token));
    }
}
