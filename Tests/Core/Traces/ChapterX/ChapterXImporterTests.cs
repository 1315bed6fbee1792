using System.Security.Cryptography;
using Platform.Contracts.Activations;
using Platform.Contracts.Traces;
using Platform.Core.Access;
using Platform.Core.Json;
using Platform.Core.Traces.Imports;

namespace Platform.Tests.Core.Traces.ChapterX;

public sealed class ChapterXImporterTests(LocalPostgres postgres) : IAsyncLifetime
{
    private const string BodyRef = "request-2026-03-01T12-00-00-000Z.json";

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

    [Fact]
    public async Task ImportAsync_SampleFolder_KeepsEachOfFifteenTracesByteForByte()
    {
        var folder = Samples.Path("chapterx-logs");

        var run = await Host.ImportFolderAsync(folder, Token);

        Assert.Equal((ImportState.Completed, 15, 15, 0, 0), (run.State, run.TracesFound, run.TracesImported, run.TracesPresent, run.TracesFailed));
        var traces = await Host.TracesAsync(Token);
        Assert.Equal(["Harbour Opus4", "PlainBot", "PlainSonnet4.5"], traces.Select(trace => trace.Bot).Distinct().Order(StringComparer.Ordinal));
        foreach (var file in Directory.EnumerateFiles(Path.Combine(folder, "traces"), "*.json", SearchOption.AllDirectories))
        {
            var trace = Assert.Single(traces, trace => file.Contains($"-{trace.SourceTraceId}-", StringComparison.Ordinal));
            Assert.Equal(await File.ReadAllBytesAsync(file, Token), await Host.Reader.DocumentAsync(trace, Token));
        }
    }

    [Fact]
    public async Task ImportAsync_SampleFolder_TellsOutcomesNamesAndTokens()
    {
        await Host.ImportFolderAsync(Samples.Path("chapterx-logs"), Token);

        var traces = await Host.TracesAsync(Token);
        Assert.Equal(5, traces.Count(trace => trace.Outcome == TraceOutcome.Failed));
        Assert.Equal(2, traces.Count(trace => trace is { Outcome: TraceOutcome.Silent, SilentReason: "refusal" }));
        Assert.Equal(8, traces.Count(trace => trace.Outcome == TraceOutcome.Answered));
        var failed = Assert.Single(traces, trace => trace.SourceTraceId == "5072bd58");
        Assert.Equal((ActivationReason.MCommand, "llm_call", true), (failed.Reason, failed.ErrorPhase, failed.IsThread));
        Assert.Contains("firabutodo_pasig", failed.ErrorMessage, StringComparison.Ordinal);
        var answered = Assert.Single(traces, trace => trace.SourceTraceId == "ca4c72f4");
        Assert.Equal(("nihutuk-7914", 4500L, 390L, 3), (answered.ChannelName, answered.TokensIn, answered.TokensOut, answered.ToolExecutionCount));
        Assert.StartsWith("Réwusef #1", answered.ResponsePreview, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ImportAsync_SampleFolder_KeepsBodiesThatSeveralRefsShare()
    {
        var folder = Samples.Path("chapterx-logs");

        await Host.ImportFolderAsync(folder, Token);

        var trace = (await Host.Reader.FindAsync(Tenant.Home, "ca4c72f4", Token)).Trace;
        Assert.NotNull(trace);
        var expected = await File.ReadAllBytesAsync(Path.Combine(folder, "llm-requests", "request-2026-11-21T08-13-33-834Z.json"), Token);
        foreach (var position in (int[])[0, 1, 2])
        {
            Assert.Equal(expected, await Host.Reader.BodyAsync(trace.Id, "ca4c72f4-llm-0", BodyKind.Request, position, Token));
        }
    }

    [Fact]
    public async Task ImportAsync_Twice_ChangesNothing()
    {
        var folder = Samples.Path("chapterx-logs");
        await Host.ImportFolderAsync(folder, Token);
        var before = await FingerprintAsync();

        var run = await Host.ImportFolderAsync(folder, Token);

        Assert.Equal((ImportState.Completed, 15, 0, 15, 0, 0), (run.State, run.TracesFound, run.TracesImported, run.TracesPresent, run.TracesFailed, run.BodiesImported));
        Assert.Equal(before, await FingerprintAsync());
    }

    [Fact]
    public async Task ImportAsync_TwoAtOnce_StoreEachTraceOnce()
    {
        var folder = Samples.Path("chapterx-logs");

        var runs = await Task.WhenAll(Host.ImportFolderAsync(folder, Token), Host.ImportFolderAsync(folder, Token));

        Assert.Equal(15, runs.Sum(run => run.TracesImported));
        Assert.Equal(15, runs.Sum(run => run.TracesPresent));
        Assert.Equal(15, (await Host.TracesAsync(Token)).Count);
    }

    [Fact]
    public async Task ImportAsync_BodyMissingAtFirst_IsFilledInByTheSecondImport()
    {
        _logs.WriteTrace(1, $$""","llmCalls":[{"callId":"c","requestBodyRef":"{{BodyRef}}","requestBodyRefs":["{{BodyRef}}"]}]""");
        var first = await Host.ImportFolderAsync(_logs.Root, Token);
        _logs.Write($"llm-requests/{BodyRef}", """{"model":"m"}""");

        var second = await Host.ImportFolderAsync(_logs.Root, Token);

        Assert.Equal((0, 1), (first.BodiesImported, first.BodiesMissing));
        Assert.Contains(ImportRuns.ProblemsOf(first), problem => problem.File == $"llm-requests/{BodyRef}");
        Assert.Equal((1, 1, 0), (second.TracesPresent, second.BodiesImported, second.BodiesMissing));
        var trace = Assert.Single(await Host.TracesAsync(Token));
        Assert.Equal("""{"model":"m"}"""u8.ToArray(), await Host.Reader.BodyAsync(trace.Id, "c", BodyKind.Request, 0, Token));
    }

    [Fact]
    public async Task ImportAsync_DamagedFiles_ReportsEachAndTakesTheRest()
    {
        _logs.WriteTrace(1);
        var cut = _logs.Write("traces/Marsh Heron/cut.json", """{"traceId":"00000002","timestamp":""");
        var empty = _logs.Write("traces/Marsh Heron/empty.json", "");
        var other = _logs.Write("traces/Marsh Heron/other.json", """{"name":"package"}""");
        var list = _logs.Write("traces/Marsh Heron/list.json", "[1]");
        Directory.CreateDirectory(Path.Combine(_logs.Root, "traces", "bodies"));

        var run = await Host.ImportFolderAsync(_logs.Root, Token);

        Assert.Equal((ImportState.Completed, 5, 1, 4), (run.State, run.TracesFound, run.TracesImported, run.TracesFailed));
        Assert.Equal(new[] { cut, empty, other, list }.Order(), ImportRuns.ProblemsOf(run).Select(problem => problem.File).Order());
    }

    [Fact]
    public async Task ImportAsync_NothingReadable_FailsTheRun()
    {
        _logs.Write("traces/Marsh Heron/cut.json", "{");

        var run = await Host.ImportFolderAsync(_logs.Root, Token);

        Assert.Equal(ImportState.Failed, run.State);
        var stored = await Host.Runs.FindAsync(Tenant.Home, run.Id, Token);
        Assert.Equal((ImportState.Failed, 1), (stored?.State, stored?.TracesFailed));
    }

    [Fact]
    public async Task ImportAsync_FileInTheTracesFolderItself_IsTakenAsOfTheTimeBeforeFolders()
    {
        _logs.WriteTrace(1, bot: "");

        await Host.ImportFolderAsync(_logs.Root, Token);

        Assert.Equal(LogsFolder.Bot, Assert.Single(await Host.TracesAsync(Token)).Bot);
    }

    [Fact]
    public async Task ImportAsync_SameTraceInFolderAndRoot_IsStoredOnce()
    {
        _logs.WriteTrace(1);
        _logs.WriteTrace(1, bot: "");

        var run = await Host.ImportFolderAsync(_logs.Root, Token);

        Assert.Equal((1, 1), (run.TracesImported, run.TracesPresent));
    }

    [Fact]
    public async Task ImportAsync_IndexWithBrokenAndHalfLines_StillGivesNameAndPreviews()
    {
        _logs.WriteTrace(1);
        _logs.Write("traces/index.jsonl", $$"""
            {"traceId":"00000001","timestamp":"2026-03-01T12:00:00.001Z","botName":"{{LogsFolder.Bot}}","channelId":"{{LogsFolder.ChannelId}}","channelName":"reeds","triggerPreview":"hello","responsePreview":"krark"}
            this is no JSON
            {"traceId":"00000002","timesta
            """);

        var run = await Host.ImportFolderAsync(_logs.Root, Token);

        var trace = Assert.Single(await Host.TracesAsync(Token));
        Assert.Equal(("reeds", "hello", "krark"), (trace.ChannelName, trace.TriggerPreview, trace.ResponsePreview));
        Assert.Equal("traces/index.jsonl:2", Assert.Single(ImportRuns.ProblemsOf(run)).File);
    }

    [Fact]
    public async Task ImportAsync_IdsBeyondTwoToThe53_KeepEveryDigit()
    {
        _logs.WriteTrace(1, ""","triggeringMessageId":"rm_9007199254740993_14390098974998528223","outcome":{"success":true,"responseText":"x","sentMessageIds":["1443805843748298241"]}""");
        _logs.WriteTrace(2, ""","triggeringMessageId":1443805843748298243""");

        await Host.ImportFolderAsync(_logs.Root, Token);

        Assert.Equal("00000001", await FindByMessageAsync("14390098974998528223"));
        Assert.Equal("00000001", await FindByMessageAsync("https://discord.com/channels/1/2/1443805843748298241"));
        Assert.Null(await FindByMessageAsync("1443805843748298240"));
        Assert.Equal("00000002", await FindByMessageAsync("1443805843748298243"));
    }

    [Fact]
    public async Task ImportAsync_EmojiCutInHalf_KeepsTheBytesAndReadsTheText()
    {
        var path = _logs.WriteTrace(1, ""","activation":{"reason":"timer","triggerEvents":[{"contentPreview":"quack \ud83e"}]},"config":{"ok":"\ud83e\udd8a \\ud83e"}""");

        await Host.ImportFolderAsync(_logs.Root, Token);

        var trace = Assert.Single(await Host.TracesAsync(Token));
        Assert.Equal((ActivationReason.Timer, "quack \uFFFD"), (trace.Reason, trace.TriggerPreview));
        var document = await Host.Reader.DocumentAsync(trace, Token);
        Assert.NotNull(document);
        Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(_logs.Root, path), Token), document);
        Assert.Equal("🦊 \\ud83e", LargeJson.Parse(document).GetProperty("config").GetProperty("ok").GetString());
    }

    [Theory]
    [InlineData("", TraceOutcome.Silent, "ended_silently", null)]
    [InlineData(""","llmCalls":[{"error":{"message":"boom","code":"529"}}]""", TraceOutcome.Failed, null, "boom")]
    [InlineData(""","outcome":{"success":false}""", TraceOutcome.Failed, null, "ChapterX recorded a failure without a message.")]
    [InlineData(""","outcome":{"success":true,"responseText":"","sentMessageIds":[]}""", TraceOutcome.Silent, "phantom", null)]
    [InlineData(""","outcome":{"success":true,"responseText":"hi","sentMessageIds":[]}""", TraceOutcome.Answered, null, null)]
    [InlineData(""","outcome":{"success":true,"responseText":"","sentMessageIds":["1443805843748298241"]}""", TraceOutcome.Answered, null, null)]
    [InlineData(""","llmCalls":[{"response":{"stopReason":"refusal"}}],"outcome":{"success":true,"responseText":"no","sentMessageIds":[]}""", TraceOutcome.Silent, "refusal", null)]
    public async Task ImportAsync_EachKindOfEnding_IsToldAsOutcome(string more, TraceOutcome outcome, string? silentReason, string? error)
    {
        _logs.WriteTrace(1, more);

        await Host.ImportFolderAsync(_logs.Root, Token);

        var trace = Assert.Single(await Host.TracesAsync(Token));
        Assert.Equal((outcome, silentReason, error), (trace.Outcome, trace.SilentReason, trace.ErrorMessage));
    }

    [Fact]
    public async Task ImportAsync_NulInText_IsStoredWithoutIt()
    {
        _logs.WriteTrace(1, ""","outcome":{"success":true,"responseText":"a\u0000b","sentMessageIds":["1"]}""");

        var run = await Host.ImportFolderAsync(_logs.Root, Token);

        Assert.Equal(1, run.TracesImported);
        Assert.Equal("a\uFFFDb", Assert.Single(await Host.TracesAsync(Token)).ResponsePreview);
    }

    [Fact]
    public async Task ImportAsync_LogsDeepInsideAZip_AreFound()
    {
        using var zip = LogsFolder.Zip(Samples.Path("chapterx-logs"), "backup/2026-11/logs/");

        var run = await Host.ImportZipAsync(zip, Token);

        Assert.Equal((15, 15), (run.TracesFound, run.TracesImported));
        Assert.True(run.BodiesImported > 0);
    }

    [Fact]
    public async Task FailAbandonedAsync_RunWhoseProcessIsGone_FailsAndALivingOneDoesNot()
    {
        await Database.ExecuteAsync(
            "INSERT INTO import_runs (id, tenant_id, source, state) VALUES ('00000000-0000-7000-8000-000000000001', 'home', 'old', 'running'), ('00000000-0000-7000-8000-000000000002', 'home', 'new', 'running')", Token);
        await using var alive = await Database.OpenAsync(Token);
        await using var hold = new Npgsql.NpgsqlCommand("SELECT pg_advisory_lock(hashtextextended('00000000-0000-7000-8000-000000000002', 0))", alive);
        await hold.ExecuteNonQueryAsync(Token);

        Assert.Equal(1, await Host.Runs.FailAbandonedAsync(Token));

        Assert.Equal("failed,running", await Database.ScalarAsync<string>("SELECT string_agg(state, ',' ORDER BY id) FROM import_runs", Token));
    }

    private async Task<string?> FindByMessageAsync(string text) =>
        (await Host.Search.ListAsync(Tenant.Home, TestFilter.Of($"q={Uri.EscapeDataString(text)}"), null, 10, Token)).Traces.SingleOrDefault()?.SourceTraceId;

    private async Task<string> FingerprintAsync()
    {
        var rows = await Database.ScalarAsync<string>(
            """
            SELECT string_agg(line, E'\n' ORDER BY line) FROM (
                SELECT traces::text FROM traces UNION ALL SELECT llm_calls::text FROM llm_calls UNION ALL SELECT b::text FROM llm_call_bodies b
                UNION ALL SELECT m::text FROM trace_messages m UNION ALL SELECT encode(d.sha256, 'hex') FROM trace_documents d
                UNION ALL SELECT encode(b.sha256, 'hex') FROM bodies b) all_rows(line)
            """,
            Token);
        return Convert.ToHexString(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(rows ?? "")));
    }
}
