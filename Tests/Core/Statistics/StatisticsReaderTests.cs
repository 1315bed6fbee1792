using Npgsql;
using Platform.Contracts.Statistics;
using Platform.Core.Access;
using Platform.Core.Statistics;

namespace Platform.Tests.Core.Statistics;

public sealed class StatisticsReaderTests(LocalPostgres postgres) : IAsyncLifetime
{
    private TestDatabase? _database;
    private NpgsqlDataSource? _source;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private TestDatabase Database => _database ?? throw new InvalidOperationException("Not initialized.");

    private NpgsqlDataSource Source => _source ?? throw new InvalidOperationException("Not initialized.");

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.CreateDatabaseAsync(Token);
        _source = NpgsqlDataSource.Create(_database.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await (_source?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_database?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [Fact]
    public async Task Read_Nothing_HasEveryBucketAndNoFigures()
    {
        var statistics = await ReadAsync("7d");

        Assert.Equal(28, statistics.Buckets.Count);
        Assert.All(statistics.Buckets, bucket => Assert.Equal(0, bucket.Figures.Activations));
        Assert.Null(statistics.Total.CostUsd);
        Assert.Null(statistics.Total.LatencyP50Ms);
        Assert.Equal(statistics.To, statistics.Buckets[^1].Start + TimeSpan.FromHours(6));
    }

    [Fact]
    public async Task Read_TracesOfADay_AreAddedUpByHourBotAndModel()
    {
        await AddAsync("ada", "m1", "answered", minutesAgo: 30, duration: 100, cost: "0.5");
        await AddAsync("ada", "m1", "answered", minutesAgo: 40, duration: 300, cost: "null");
        await AddAsync("ada", "m2", "failed", minutesAgo: 90, duration: 9000, cost: "0.25");
        await AddAsync("bea", null, "silent", minutesAgo: 90, duration: 1, cost: "null");
        await AddAsync("bea", "m1", "cancelled", minutesAgo: 60 * 23, duration: 50, cost: "null");
        await AddAsync("bea", "m1", "answered", minutesAgo: 60 * 25, duration: 50, cost: "99");

        var statistics = await ReadAsync(null);

        Assert.Equal(new ActivityFigures(2, 1, 1, 1, 50, 10, 0.75m, 200, 290), statistics.Total);
        Assert.Equal(24, statistics.Buckets.Count);
        Assert.Equal((2, 200), (statistics.Buckets[23].Figures.Answered, statistics.Buckets[23].Figures.LatencyP50Ms));
        Assert.Equal((1, 1, null), (statistics.Buckets[22].Figures.Failed, statistics.Buckets[22].Figures.Silent, statistics.Buckets[22].Figures.LatencyP50Ms));
        Assert.Equal(1, statistics.Buckets[1].Figures.Cancelled + statistics.Buckets[0].Figures.Cancelled);
        Assert.Equal([("ada", 3L), ("bea", 2L)], statistics.Bots.Select(bot => (bot.Name, bot.Figures.Activations)));
        Assert.Equal([("m1", 3L), ("m2", 1L)], statistics.Models.Select(model => (model.Name, model.Figures.Activations)));
        Assert.False(statistics.LatencyIsSampled);
    }

    [Fact]
    public async Task Read_VeryMany_TakesPercentilesOfASampleAndSaysSo()
    {
        await Database.ExecuteAsync(
            """
            insert into traces (id, tenant_id, source, source_trace_id, bot, channel_id, reason, outcome, started_at, duration_ms, document_day)
            select gen_random_uuid(), 'home', 'native', n::text, 'ada', 'c', 'mention', 'answered', now() - interval '1 hour', n % 1000, '2026-03-01'
            from generate_series(1, 60000) n
            """,
            Token);

        var statistics = await ReadAsync("24h");

        Assert.Equal(60_000, statistics.Total.Answered);
        Assert.True(statistics.LatencyIsSampled);
        Assert.InRange(statistics.Total.LatencyP50Ms ?? 0, 480, 520);
        Assert.InRange(statistics.Total.LatencyP95Ms ?? 0, 930, 970);
    }

    [Fact]
    public async Task Silences_OfSeveralRules_AreCountedByBotChannelAndRule()
    {
        await AddAsync("ada", null, "silent", minutesAgo: 5, duration: 1, cost: "null");
        await AddAsync("ada", null, "silent", minutesAgo: 3, duration: 1, cost: "null");
        await AddAsync("bea", null, "silent", minutesAgo: 3, duration: 1, cost: "null");
        await AddAsync("bea", null, "silent", minutesAgo: 300, duration: 1, cost: "null");
        await AddAsync("bea", "m", "answered", minutesAgo: 3, duration: 1, cost: "null");
        var reader = new SilenceReader(Source);
        var since = TimeProvider.System.GetUtcNow().AddHours(-1);

        var all = await reader.ReadAsync(Tenant.Home, since, null, Token);

        Assert.Equal([("ada", "rule", 2L), ("bea", "rule", 1L)], all.Select(one => (one.Bot, one.Reason, one.Count)));
        Assert.Equal("bea", Assert.Single(await reader.ReadAsync(Tenant.Home, since, "bea", Token)).Bot);
        Assert.Empty(await reader.ReadAsync("elsewhere", since, null, Token));
    }

    private Task<StatisticsResponse> ReadAsync(string? range)
    {
        var wanted = StatisticsRange.Find(range);
        Assert.NotNull(wanted);
        return new StatisticsReader(Source).ReadAsync(Tenant.Home, wanted, Token);
    }

    private Task AddAsync(string bot, string? model, string outcome, int minutesAgo, int duration, string cost) => Database.ExecuteAsync(
        $"""
        insert into traces (id, tenant_id, source, source_trace_id, bot, channel_id, reason, outcome, silent_reason, started_at, duration_ms,
            model, tokens_in, tokens_out, cost_usd, document_day)
        values (gen_random_uuid(), 'home', 'native', gen_random_uuid()::text, '{bot}', 'c', 'mention', '{outcome}', {(outcome == "silent" ? "'rule'" : "null")},
            now() - interval '{minutesAgo} minutes', {duration}, {(model is null ? "null" : $"'{model}'")}, 10, 2, {cost}, '2026-03-01')
        """,
        Token);
}
