using Platform.Contracts.Traces;
using Platform.Core.Access;
using Platform.Core.Traces;
using Platform.Tests.Core.Traces.ChapterX;

namespace Platform.Tests.Core.Traces;

public sealed class TraceRankingTests(ManyTraces traces) : IClassFixture<ManyTraces>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static TheoryData<string> Filters =>
    [
        "", "bot=bea", "outcome=failed", "silent_reason=rule_1&channel=c1", "duration_from=4000", "cost_from=4.4", "q=every", "q=word3&bot=bea",
        "q=1443805843513417103", "q=oldest", "q=nowhere", "from=2026-02-28T23:40:00Z&to=2026-02-28T23:50:00Z",
    ];

    public static TheoryData<string, TraceSort, TraceSortOrder> Orders => new(
        from filter in Filters
        from sort in Enum.GetValues<TraceSort>()
        from direction in Enum.GetValues<TraceSortOrder>()
        select (filter.Data, sort, direction));

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task List_SortedPageByPage_ShowsEachMatchOnceInOrder(string filter, TraceSort sort, TraceSortOrder direction)
    {
        var order = new TraceOrder(sort, direction);
        var expected = await SeeAllAsync(traces.Host, filter, TraceOrder.Newest, 200);

        var seen = await SeeAllAsync(traces.Host, filter, order, 187);

        Assert.Equal(expected.Select(trace => trace.Id).Order(), seen.Select(trace => trace.Id).Order());
        var known = seen.Select(trace => FigureOf(trace, sort)).TakeWhile(figure => figure is not null).ToList();
        Assert.Equal(direction == TraceSortOrder.Asc ? known.Order() : known.OrderDescending(), known);
        Assert.All(seen.Skip(known.Count), trace => Assert.Null(FigureOf(trace, sort)));
    }

    [Fact]
    public async Task List_TracesArriveBetweenPages_ShowsEachOfTheOthersOnce()
    {
        await using var database = await traces.CreateCopyAsync(Token);
        using var host = new ImportHost(database.ConnectionString);
        var order = new TraceOrder(TraceSort.Duration, TraceSortOrder.Desc);
        var before = await SeeAllAsync(host, "", order, 200);

        var page = await host.Search.ListAsync(Tenant.Home, TestFilter.Of(""), order, null, 100, Token);
        await database.ExecuteAsync(
            """
            insert into traces (id, tenant_id, source, source_trace_id, bot, channel_id, reason, outcome, started_at, duration_ms, document_day)
            select gen_random_uuid(), 'home', 'native', 'late-' || n, 'ada', 'c0', 'mention', 'answered', now(), n, current_date from generate_series(4300, 4600) n
            """,
            Token);
        var next = await host.Search.ListAsync(Tenant.Home, TestFilter.Of(""), order, page.Next, 200, Token);

        Assert.Equal(
            before.Skip(100).Take(50).Select(trace => trace.Id),
            next.Traces.Where(trace => !trace.SourceTraceId.StartsWith("late", StringComparison.Ordinal)).Take(50).Select(trace => trace.Id));
    }

    [Fact]
    public async Task List_MoreMatchesThanAreSorted_SortsTheNewestAndSaysSo()
    {
        await using var database = await traces.CreateCopyAsync(Token);
        using var host = new ImportHost(database.ConnectionString);
        await database.ExecuteAsync(
            """
            insert into traces (id, tenant_id, source, source_trace_id, bot, channel_id, reason, outcome, started_at, duration_ms, document_day)
            select gen_random_uuid(), 'home', 'native', 'silent-' || n, 'quiet', 'c9', 'mention', 'silent', timestamptz '2026-04-01' - n * interval '1 second',
                n / 1000, '2026-04-01'
            from generate_series(1, 20005) n;
            update traces set duration_ms = duration_ms + 1000 where bot <> 'quiet';
            analyze traces
            """,
            Token);
        var longest = new TraceOrder(TraceSort.Duration, TraceSortOrder.Desc);

        var sorted = await host.Search.ListAsync(Tenant.Home, TestFilter.Of("bot=quiet"), longest, null, 50, Token);
        var all = await host.Search.ListAsync(Tenant.Home, TestFilter.Of("bot=quiet&from=2026-03-31T20:00:00Z"), longest, null, 50, Token);
        var others = await host.Search.ListAsync(Tenant.Home, TestFilter.Of("bot=bea"), longest, null, 50, Token);

        Assert.Equal(20_000, sorted.Sorted);
        Assert.Equal((20, "silent-20000"), (sorted.Traces[0].DurationMs, sorted.Traces[0].SourceTraceId));
        Assert.Equal((null, 14), (all.Sorted, all.Traces[0].DurationMs));
        Assert.Null(others.Sorted);
    }

    [Fact]
    public async Task List_Oldest_HasImpossibleTimesLastInBothDirections()
    {
        await using var database = await traces.CreateCopyAsync(Token);
        using var host = new ImportHost(database.ConnectionString);
        await database.ExecuteAsync(
            "update traces set started_at = '2150-01-01' where source_trace_id in ('trace-7', 'trace-8') and tenant_id = 'home'", Token);

        foreach (var direction in Enum.GetValues<TraceSortOrder>())
        {
            var seen = await SeeAllAsync(host, "", new TraceOrder(TraceSort.Time, direction), 200);

            Assert.Equal(["trace-7", "trace-8"], seen.TakeLast(2).Select(trace => trace.SourceTraceId).Order());
        }
    }

    private static async Task<List<Trace>> SeeAllAsync(ImportHost host, string filter, TraceOrder order, int limit)
    {
        List<Trace> seen = [];
        TraceCursor? after = null;
        do
        {
            var page = await host.Search.ListAsync(Tenant.Home, TestFilter.Of(filter), order, after, limit, Token);
            Assert.Null(page.Sorted);
            Assert.InRange(page.Traces.Count, 0, limit);
            seen.AddRange(page.Traces);
            after = page.Next is { } next ? TraceCursor.Parse(next.ToString()) : null;
            Assert.Equal(page.Next, after);
        }
        while (after is not null);
        return seen;
    }

    private static decimal? FigureOf(Trace trace, TraceSort sort) => sort switch
    {
        TraceSort.Duration => trace.DurationMs,
        TraceSort.InputTokens => trace.TokensIn,
        TraceSort.OutputTokens => trace.TokensOut,
        TraceSort.Cost => trace.CostUsd,
        _ => trace.StartedAt.UtcTicks,
    };
}
