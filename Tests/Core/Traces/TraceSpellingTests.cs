using Npgsql;
using Platform.Core.Access;
using Platform.Core.Traces;
using Platform.Tests.Core.Traces.ChapterX;

namespace Platform.Tests.Core.Traces;

/// <summary>Text whose accents are characters of their own, and text whose accents are not.</summary>
public sealed class TraceSpellingTests(LocalPostgres postgres) : IAsyncLifetime
{
    private const string Composed = "zo\u00eb";
    private const string Decomposed = "zoe\u0308";

    private readonly LogsFolder _logs = new();
    private TestDatabase? _database;
    private ImportHost? _host;

    private TestDatabase Database => _database ?? throw new InvalidOperationException("The database is made in InitializeAsync.");

    private ImportHost Host => _host ?? throw new InvalidOperationException("The host is made in InitializeAsync.");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.CreateDatabaseAsync(Token);
        _host = new ImportHost(_database.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        _host?.Dispose();
        _logs.Dispose();
        await (_database?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [Theory]
    [InlineData("q=" + Composed, 2)]
    [InlineData("q=" + Decomposed, 2)]
    [InlineData("q=ZO\u00cb fi", 1)]
    [InlineData("q=\ufb01ne", 1)]
    [InlineData("q=\uff46\uff49\uff4e\uff45", 1)]
    [InlineData("bot=" + Composed, 2)]
    [InlineData("bot=" + Decomposed, 2)]
    [InlineData("model=mod\u00e8le", 2)]
    [InlineData("bot=" + Decomposed + "&model=mode\u0300le&q=" + Composed, 2)]
    [InlineData("q=zoe", 1)]
    public async Task List_EitherSpelling_FindsBoth(string filter, int count)
    {
        Write(1, Composed, "mod\u00e8le", $"{Composed} is fine");
        Write(2, Decomposed, "mode\u0300le", $"hello {Decomposed}");
        await Host.ImportFolderAsync(_logs.Root, Token);
        await Database.ExecuteAsync("update traces set model = case when bot = normalize(bot, nfc) then normalize('mode\u0300le', nfc) else normalize('mod\u00e8le', nfd) end", Token);

        // A word is asked for by its beginning: a plain "zoe" is the beginning of the decomposed form only where that is stored.
        var page = await Host.Search.ListAsync(Tenant.Home, TestFilter.Of(filter), null, 10, Token);

        Assert.Equal(filter == "q=zoe" ? 0 : count, page.Traces.Count);
        Assert.Single(await Host.Facets.BotsAsync(Tenant.Home, Token));
        Assert.Single(await Host.Facets.ModelsAsync(Tenant.Home, Token));
    }

    [Fact]
    public async Task RenewBatch_WordsOfAnEarlierVersion_AreRenewedInStepsAndFoundMeanwhile()
    {
        const int Count = WordRenewer.BatchSize + 20;
        await Database.ExecuteAsync(
            $"""
            insert into traces (id, tenant_id, source, source_trace_id, bot, channel_id, reason, outcome, started_at, words, document_day)
            select ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'home', 'native', 'x' || n, 'ada', 'c0', 'mention', 'answered', timestamptz '2026-03-02',
                array_to_tsvector(array['{Decomposed}', 'n' || n]), '2026-03-01'
            from generate_series(1, {Count}) n
            """, Token);
        await using var source = NpgsqlDataSource.Create(Database.ConnectionString);
        Assert.Equal(5, (await Host.Search.ListAsync(Tenant.Home, TestFilter.Of($"q={Composed}"), null, 5, Token)).Traces.Count);

        var first = await new WordRenewer(source).RenewBatchAsync(Token);
        Assert.Equal(5, (await Host.Search.ListAsync(Tenant.Home, TestFilter.Of($"q={Decomposed}"), null, 5, Token)).Traces.Count);
        var second = await new WordRenewer(source).RenewBatchAsync(Token);

        Assert.Equal((WordRenewer.BatchSize, WordRenewer.BatchSize, false), (first?.Traces, first?.Changed, first?.FinishedAt is not null));
        Assert.Equal((Count, Count, true), (second?.Traces, second?.Changed, second?.FinishedAt is not null));
        Assert.Null(await new WordRenewer(source).RenewBatchAsync(Token));
        Assert.Equal(Count, await Database.ScalarAsync<long>($"select count(*) from traces where words @@ '''{Composed}'''::tsquery", Token));
    }

    [Fact]
    public async Task List_TraceOfAnImpossibleFuture_ComesLastAndIsFound()
    {
        for (var i = 1; i <= 3; i++)
        {
            _logs.WriteTrace(i);
        }

        _logs.Write("traces/Marsh Heron/1-000000ff-9998-03-01T12-00-00-002Z.json", """{"traceId":"000000ff","timestamp":"9998-03-01T12:00:00.002Z","channelId":"1","botId":"Marsh Heron"}""");
        _logs.Write("traces/Marsh Heron/1-000000fe-1911-03-01T12-00-00-002Z.json", """{"traceId":"000000fe","timestamp":"1911-03-01T12:00:00.002Z","channelId":"1","botId":"Marsh Heron"}""");
        await Host.ImportFolderAsync(_logs.Root, Token);

        List<string> seen = [];
        TraceCursor? after = null;
        do
        {
            var page = await Host.Search.ListAsync(Tenant.Home, TestFilter.Of("bot=Marsh Heron"), after, 2, Token);
            seen.AddRange(page.Traces.Select(trace => trace.SourceTraceId));
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(["00000003", "00000002", "00000001", "000000fe", "000000ff"], seen);
        Assert.Single((await Host.Search.ListAsync(Tenant.Home, TestFilter.Of("q=000000ff"), null, 2, Token)).Traces);
        for (var offset = 0; offset < seen.Count; offset++)
        {
            Assert.Equal(seen.Skip(offset).Take(2), (await Host.Viewer.ListAsync(Tenant.Home, null, null, false, 2, offset, Token)).Traces.Select(trace => trace.SourceTraceId));
        }
    }

    private void Write(int number, string bot, string model, string preview) => _logs.WriteTrace(
        number,
        $$""","botId":"{{bot}}","activation":{"reason":"mention","triggerEvents":[{"type":"message","contentPreview":"{{preview}} {{model}}"}]}""",
        "");
}
