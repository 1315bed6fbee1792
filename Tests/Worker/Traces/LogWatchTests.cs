using Platform.Tests.Core.Traces.ChapterX;

namespace Platform.Tests.Worker.Traces;

/// <summary>Real workers follow real folders.</summary>
public sealed class LogWatchTests(LocalPostgres postgres, LocalRedis redis) : IAsyncLifetime
{
    // Two seconds are promised on a machine that is not busy with other tests.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private readonly LogsFolder _logs = new();
    private TestDatabase? _database;

    private TestDatabase Database => _database ?? throw new InvalidOperationException("The database is made in InitializeAsync.");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await postgres.CreateDatabaseAsync(Token);

    public async ValueTask DisposeAsync()
    {
        _logs.Dispose();
        await (_database?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [Fact]
    public async Task Watch_FileAndIndexLineWrittenInHalves_AppearWhenTheyAreWhole()
    {
        _logs.WriteTrace(1);
        await using var worker = await StartAsync(_logs.Root);
        await UntilAsync("select count(*) = 1 from traces", "the trace that was there");

        var whole = """{"traceId":"00000002","timestamp":"2026-03-01T12:00:00.002Z","channelId":"1","botId":"New Bot"}""";
        var path = "traces/New Bot/1-00000002-2026-03-01T12-00-00-002Z.json";
        _logs.Write(path, whole[..40]);
        _logs.WriteTrace(3);
        await UntilAsync("select count(*) = 2 from traces", "the trace beside the half one");
        Assert.Equal(0, await Database.ScalarAsync<long>("select count(*) from traces where bot = 'New Bot'", Token));
        _logs.Write(path, whole);
        await UntilAsync("select count(*) = 3 from traces", "the other half");

        var line = """{"traceId":"00000002","timestamp":"2026-03-01T12:00:00.002Z","channelId":"1","channelName":"reeds","triggerPreview":"hello"}""";
        _logs.Write("traces/index.jsonl", line[..60]);
        _logs.WriteTrace(4);
        await UntilAsync("select count(*) = 4 from traces", "the trace beside the half line");
        _logs.Write("traces/index.jsonl", line + "\n");
        await UntilAsync("select exists (select from traces where channel_name = 'reeds' and trigger_preview = 'hello')", "the line's other half");
        Assert.Equal("running", await Database.ScalarAsync<string>("select state from import_runs where kind = 'watch'", Token));
        Assert.Equal(0, await Database.ScalarAsync<int>("select traces_failed from import_runs where kind = 'watch'", Token));
    }

    [Fact]
    public async Task Watch_FileThatStaysBroken_IsReportedOnceAndReadWhenItIsMended()
    {
        await using var worker = await StartAsync(_logs.Root);
        var path = _logs.WriteTrace(1);
        _logs.Write(path, "{");
        await UntilAsync("select exists (select from import_runs where kind = 'watch' and traces_failed = 1)", "the report of the broken file", TimeSpan.FromSeconds(40));

        _logs.WriteTrace(1);
        _logs.WriteTrace(2);

        await UntilAsync("select count(*) = 2 from traces", "the mended file and another one");
        Assert.Equal(1, await Database.ScalarAsync<int>("select jsonb_array_length(problems) from import_runs where kind = 'watch'", Token));
        Assert.Single(worker.Log.Split('\n'), line => line.Contains($"{Path.GetFileName(path)} is not imported", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Watch_NamedPipesInTheFolder_ArePassedOverAndNamedOnce()
    {
        _logs.WriteTrace(1);
        Directory.CreateDirectory(Path.Combine(_logs.Root, "streaming", "Reed"));
        SpecialFiles.MakePipe(Path.Combine(_logs.Root, "traces", LogsFolder.Bot, "1-000000aa-2026-03-01T12-00-00-002Z.json"));
        SpecialFiles.MakePipe(Path.Combine(_logs.Root, "traces", "index.jsonl"));
        SpecialFiles.MakePipe(Path.Combine(_logs.Root, "streaming", "Reed", "2026-03-01.jsonl"));
        await using var worker = await StartAsync(_logs.Root);
        await UntilAsync("select count(*) = 1 from traces", "the trace beside the pipe");

        _logs.WriteTrace(2);

        await UntilAsync("select count(*) = 2 from traces", "a trace that came later");
        await UntilAsync("select exists (select from import_runs where kind = 'watch' and jsonb_array_length(problems) = 3)", "the report of the pipes");
        Assert.True(await worker.TerminateAsync());
    }

    [Fact]
    public async Task Watch_TwoRootsAndARestart_ImportsEachTraceOnce()
    {
        using var staging = new LogsFolder();
        _logs.WriteTrace(1);
        Directory.CreateDirectory(Path.Combine(staging.Root, "ems", "bot1"));
        staging.Write("ems/config.yaml", "name: ems\n");
        staging.Write("ems/logs/traces/Reed/1-00000002-2026-03-01T12-00-00-002Z.json", """{"traceId":"00000002","timestamp":"2026-03-01T12:00:00.002Z","channelId":"1","botId":"Reed"}""");
        await using (var first = await StartAsync($"{_logs.Root}, {staging.Root}"))
        {
            await UntilAsync("select count(*) = 2 from traces", "a trace of each root");
            Assert.True(await first.TerminateAsync());
        }

        _logs.WriteTrace(3);
        await using var second = await StartAsync($"{_logs.Root}, {staging.Root}");
        await UntilAsync("select count(*) = 3 from traces", "the trace that came meanwhile");

        await UntilAsync("select sum(traces_imported) = 3 from import_runs where kind = 'watch'", "every trace to be counted once");
        Assert.Equal(0, await Database.ScalarAsync<long>("select coalesce(sum(traces_present), 0) from import_runs", Token));
        Assert.Equal(2, await Database.ScalarAsync<long>("select count(distinct source) from import_runs where kind = 'watch'", Token));
    }

    [Fact]
    public async Task Watch_TwoWorkersAndOneIsKilled_OneFollowsAndTheOtherTakesOver()
    {
        await using var first = await StartAsync(_logs.Root);
        _logs.WriteTrace(1);
        await UntilAsync("select count(*) = 1 from traces", "the first trace");
        await using var second = await StartAsync(_logs.Root);
        Assert.Equal(1, await Database.ScalarAsync<long>("select count(*) from import_runs where kind = 'watch'", Token));

        await first.KillAsync();
        _logs.WriteTrace(2);

        await UntilAsync("select count(*) = 2 from traces", "the trace after the takeover");
        await UntilAsync("select count(*) = 1 from import_runs where kind = 'watch' and state = 'running'", "the dead worker's run to have failed");
    }

    private async Task<HostProcess> StartAsync(string roots)
    {
        Directory.CreateDirectory(Path.Combine(_logs.Root, "traces"));
        return await HostProcess.StartReadyAsync(
            "Worker",
            new Dictionary<string, string?>
            {
                ["ConnectionStrings__platformdb"] = Database.ConnectionString,
                ["ConnectionStrings__redis"] = await redis.ConnectionStringAsync(Token),
                ["LOGS_DIRS"] = roots,
            },
            Token);
    }

    private Task UntilAsync(string condition, string because, TimeSpan? patience = null) =>
        Eventually.TrueAsync(async token => await Database.ScalarAsync<bool>(condition, token), patience ?? Soon, because);
}
