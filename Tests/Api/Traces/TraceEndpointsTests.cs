using System.Net;
using System.Text.Json;
using Platform.Contracts.Overview;
using Platform.Contracts.Statistics;
using Platform.Contracts.Traces;

namespace Platform.Tests.Api.Traces;

public sealed class TraceEndpointsTests(TraceApi api) : IClassFixture<TraceApi>, IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await api.ImportSamplesAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task List_PageByPage_ShowsEachTraceOnceNewestFirst()
    {
        List<TraceSummary> seen = [];
        string? cursor = null;
        do
        {
            var page = await api.GetAsync<TraceList>($"/api/v1/traces?limit=4&cursor={cursor}");
            Assert.InRange(page.Traces.Count, 1, 4);
            seen.AddRange(page.Traces);
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        Assert.Equal(15, seen.DistinctBy(trace => trace.Id).Count());
        Assert.Equal(15, seen.Count);
        Assert.Equal(seen.OrderByDescending(trace => trace.StartedAt).Select(trace => trace.Id), seen.Select(trace => trace.Id));
    }

    [Theory]
    [InlineData("bot=Harbour%20Opus4", 3)]
    [InlineData("outcome=failed", 5)]
    [InlineData("outcome=failed&bot=PlainBot", 2)]
    [InlineData("q=1443805843513417216", 1)]
    [InlineData("q=https://discord.com/channels/1/2/1439009897499852822", 1)]
    [InlineData("q=ca4c72f4", 1)]
    [InlineData("q=FIRABUTODO_pasig", 5)]
    [InlineData("q=%25%25", 0)]
    [InlineData("model=firabutodo_pasig&outcome=failed", 0)]
    [InlineData("from=2026-11-21&to=2026-11-22", 15)]
    [InlineData("to=2026-11-21", 0)]
    [InlineData("duration_from=999999", 0)]
    public async Task List_Filtered_ShowsWhatMatches(string query, int count) =>
        Assert.Equal(count, (await api.GetAsync<TraceList>($"/api/v1/traces?{query}")).Traces.Count);

    [Theory]
    [InlineData("limit=0", "/problems/invalid-request")]
    [InlineData("limit=201", "/problems/invalid-request")]
    [InlineData("outcome=happy", "/problems/invalid-request")]
    [InlineData("from=yesterday", "/problems/invalid-request")]
    [InlineData("cost_from=much", "/problems/invalid-request")]
    [InlineData("cursor=abc", "/problems/bad-cursor")]
    [InlineData("cursor=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "/problems/bad-cursor")]
    public async Task List_UnusableQuery_IsAProblem(string query, string type) =>
        await AssertProblemAsync($"/api/v1/traces?{query}", HttpStatusCode.BadRequest, type);

    [Fact]
    public async Task List_CursorWithOneLetterChanged_IsAProblem()
    {
        var cursor = (await api.GetAsync<TraceList>("/api/v1/traces?limit=4")).NextCursor;
        Assert.NotNull(cursor);

        var changed = (cursor[5] == 'A' ? 'B' : 'A').ToString();

        await AssertProblemAsync($"/api/v1/traces?cursor={cursor[..5]}{changed}{cursor[6..]}", HttpStatusCode.BadRequest, "/problems/bad-cursor");
    }

    [Fact]
    public async Task Facets_OfTheSamples_NameEverythingOnce()
    {
        var facets = await api.GetAsync<TraceFacetsResponse>("/api/v1/traces/facets");

        Assert.Equal(["Harbour Opus4", "PlainBot", "PlainSonnet4.5"], facets.Bots);
        Assert.Contains(facets.Channels, channel => channel.Id == "1289595876716707914");
        Assert.NotEmpty(facets.Models);
    }

    [Fact]
    public async Task List_WithCount_KnowsHowManyThereAre() =>
        Assert.Equal(new TraceCount(15, IsEstimate: false), (await api.GetAsync<TraceList>("/api/v1/traces?limit=1&count=true")).Total);

    [Theory]
    [InlineData("", 24)]
    [InlineData("?range=7d", 28)]
    [InlineData("?range=30d", 30)]
    public async Task Statistics_OfARange_HaveItsBuckets(string query, int buckets) =>
        Assert.Equal(buckets, (await api.GetAsync<StatisticsResponse>($"/api/v1/statistics{query}")).Buckets.Count);

    [Theory]
    [InlineData("/api/v1/statistics?range=1y")]
    [InlineData("/api/v1/statistics/silence?from=yesterday")]
    public async Task Statistics_Unreadable_AreAProblem(string address) =>
        await AssertProblemAsync(address, HttpStatusCode.BadRequest, "/problems/invalid-request");

    [Fact]
    public async Task Silence_OfTheSamples_CountsWhatTheListShows()
    {
        var silent = await api.GetAsync<TraceList>("/api/v1/traces?outcome=silent");

        var list = await api.GetAsync<SilenceList>("/api/v1/statistics/silence?from=2026-01-01");

        Assert.Equal(silent.Traces.Count, list.Silences.Sum(silence => silence.Count));
    }

    [Fact]
    public async Task Get_FailedTrace_ShowsItsError()
    {
        var trace = await api.GetAsync<TraceDetail>("/api/v1/traces/5072bd58");

        Assert.Equal(TraceOutcome.Failed, trace.Summary.Outcome);
        Assert.Contains("firabutodo_pasig", trace.Summary.ErrorMessage, StringComparison.Ordinal);
        Assert.StartsWith("Error: ", Assert.Single(trace.Calls).ErrorMessage, StringComparison.Ordinal);
        Assert.Equal("14390098974998528223", trace.TriggerMessageId);
        Assert.Equal("5072bd58", trace.Document.GetProperty("traceId").GetString());
    }

    [Fact]
    public async Task GetDocument_EachSample_IsTheFile()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Samples.Path("chapterx-logs"), "traces"), "*.json", SearchOption.AllDirectories))
        {
            var id = Path.GetFileName(file).Split('-')[1];
            using var response = await api.Client.GetAsync($"/api/v1/traces/{id}/document", Token);

            Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
            Assert.Equal(await File.ReadAllBytesAsync(file, Token), await response.Content.ReadAsByteArrayAsync(Token));
        }
    }

    [Fact]
    public async Task GetBody_EachLinkOfAToolLoop_IsTheFile()
    {
        var folder = Samples.Path("chapterx-logs");
        var trace = await api.GetAsync<TraceDetail>("/api/v1/traces/ca4c72f4");

        var bodies = Assert.Single(trace.Calls).Bodies;
        Assert.Equal(10, bodies.Count);
        foreach (var body in bodies.Where(body => body.Kind is BodyKind.Request or BodyKind.Response))
        {
            var file = Path.Combine(folder, body.Kind == BodyKind.Request ? "llm-requests" : "llm-responses", body.Ref);
            Assert.NotNull(body.Url);
            using var response = await api.Client.GetAsync(body.Url, Token);
            Assert.Equal(await File.ReadAllBytesAsync(file, Token), await response.Content.ReadAsByteArrayAsync(Token));
            Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
            Assert.Equal(["nosniff"], response.Headers.GetValues("X-Content-Type-Options"));
        }
    }

    [Theory]
    [InlineData("/api/v1/traces/deadbeef", "/problems/not-found")]
    [InlineData("/api/v1/traces/019ab2f0-0000-7000-8000-123456789012", "/problems/not-found")]
    [InlineData("/api/v1/traces/deadbeef/document", "/problems/not-found")]
    [InlineData("/api/v1/traces/ca4c72f4/calls/ca4c72f4-llm-0/bodies/request/99", "/problems/body-not-found")]
    [InlineData("/api/v1/traces/ca4c72f4/calls/ca4c72f4-llm-0/bodies/nonsense/0", "/problems/body-not-found")]
    [InlineData("/api/v1/traces/imports/019ab2f0-0000-7000-8000-123456789012", "/problems/not-found")]
    public async Task Get_Unknown_IsNotFound(string path, string type) => await AssertProblemAsync(path, HttpStatusCode.NotFound, type);

    [Fact]
    public async Task Get_AnotherTenantsTrace_IsNotFound()
    {
        await api.Database.ExecuteAsync(
            """
            INSERT INTO tenants (id, name) VALUES ('other', 'Other') ON CONFLICT DO NOTHING;
            INSERT INTO traces (id, tenant_id, source, source_trace_id, bot, channel_id, reason, outcome, started_at, document_day)
            VALUES ('019ab2f0-0000-7000-8000-0000000000aa', 'other', 'chapterx', 'foreign1', 'b', 'c', 'mention', 'answered', now(), current_date)
            ON CONFLICT DO NOTHING
            """,
            Token);

        await AssertProblemAsync("/api/v1/traces/019ab2f0-0000-7000-8000-0000000000aa", HttpStatusCode.NotFound, "/problems/not-found");
        await AssertProblemAsync("/api/v1/traces/foreign1", HttpStatusCode.NotFound, "/problems/not-found");
        Assert.DoesNotContain((await api.GetAsync<TraceList>("/api/v1/traces?limit=200")).Traces, trace => trace.SourceTraceId == "foreign1");
    }

    [Theory]
    [InlineData("/api/v1/traces")]
    [InlineData("/api/v1/traces/ca4c72f4/document")]
    [InlineData("/api/v1/overview")]
    public async Task Get_WithoutAKey_IsUnauthorized(string path)
    {
        using var stranger = new HttpClient { BaseAddress = api.BaseAddress };

        using var response = await stranger.GetAsync(path, Token);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task GetOverview_OneTraceAnHourAgo_CountsIt()
    {
        await api.Database.ExecuteAsync(
            """
            INSERT INTO traces (id, tenant_id, source, source_trace_id, bot, channel_id, reason, outcome, started_at, duration_ms, tokens_in, tokens_out, document_day)
            VALUES ('019ab2f0-0000-7000-8000-0000000000bb', 'home', 'chapterx', 'overview', 'overview', 'c', 'mention', 'answered', now() - interval '90 minutes', 120, 30, 12, current_date)
            """,
            Token);

        var overview = await api.GetAsync<OverviewResponse>("/api/v1/overview");

        await api.Database.ExecuteAsync("DELETE FROM traces WHERE source_trace_id = 'overview'", Token);
        Assert.Equal(24, overview.Hours.Count);
        Assert.Equal(overview.Since, overview.Hours[0].Start);
        Assert.True(overview.Hours[22].Answered >= 1);
        Assert.True(overview.Hours[22].Tokens >= 42);
        Assert.True(overview.Answered >= 1);
        Assert.NotNull(overview.LatencyP50Ms);
        Assert.Equal(8, overview.Recent.Count);
        Assert.Equal(16, overview.TracesTotal);
        Assert.NotNull(overview.TokenCeiling.Limit);
    }

    private async Task AssertProblemAsync(string path, HttpStatusCode status, string type)
    {
        using var response = await api.Client.GetAsync(path, Token);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Token));

        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(type, problem.RootElement.GetProperty("type").GetString());
    }
}
