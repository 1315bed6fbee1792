using System.Net;
using System.Text.Json;
using Platform.Contracts.Backups;
using Platform.Contracts.Overview;
using Platform.Tests.Api.Traces;

namespace Platform.Tests.Api.Backups;

public sealed class BackupEndpointsTests(TraceApi api) : IClassFixture<TraceApi>, IAsyncLifetime
{
    private const string File = "platform-20261121-032000-nightly.dump";

    /// <summary>How long an answer of <c>/health</c> may be old.</summary>
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(10);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await api.Database.ExecuteAsync(
        "delete from backups; delete from backup_drills; delete from schedules where name = 'backup'; update schema_state set installed_at = now(); "
        + "update leaders set owner = 'test', until = now() + interval '1 hour'", Token);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Get_BackupMadeAndTried_TellsAgesAndWhatWasFound()
    {
        await MadeAsync("3 hours", "nightly");
        await DrilledAsync("2 hours", null);

        var report = await ReadAsync();

        Assert.Equal((BackupVerdict.Fine, "The newest backup is recent."), (report.Verdict, report.Message));
        Assert.Equal((File, BackupCause.Nightly, 12_400_000), (report.LastBackup?.File, report.LastBackup?.Cause, report.LastBackup?.SizeBytes));
        Assert.InRange(report.LastBackup?.AgeSeconds ?? 0, 3 * 3600, (3 * 3600) + 60);
        Assert.Equal((true, "Restored and compared: 41 tables, 48213 rows.", null), (report.LastDrill?.Passed, report.LastDrill?.Message, report.LastDrill?.Problem));
        Assert.Equal((41, 48_213), (report.LastDrill?.Tables, report.LastDrill?.Rows));
        Assert.InRange(report.LastDrill?.AgeSeconds ?? 0, 2 * 3600, (2 * 3600) + 60);
    }

    [Fact]
    public async Task Get_WithoutAKey_IsRefused()
    {
        using var stranger = new HttpClient { BaseAddress = api.BaseAddress };

        using var response = await stranger.GetAsync(new Uri("/api/v1/backups", UriKind.Relative), Token);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData("1 hour", null, BackupVerdict.NoneYet)]
    [InlineData("37 hours", null, BackupVerdict.NotSet)]
    [InlineData("37 hours", "succeeded", BackupVerdict.NotSet)]
    [InlineData("37 hours", "running", BackupVerdict.NotSet)]
    [InlineData("37 hours", "failed", BackupVerdict.Overdue)]
    [InlineData("1 hour", "failed", BackupVerdict.NoneYet)]
    public async Task Get_NoBackup_DependsOnTheAgeOfThePlatformAndOnTheSchedule(string installed, string? run, BackupVerdict expected)
    {
        await api.Database.ExecuteAsync($"update schema_state set installed_at = now() - interval '{installed}'", Token);
        await RanAsync(run, "8 hours");

        Assert.Equal(expected, (await ReadAsync()).Verdict);
    }

    [Theory]
    [InlineData("nightly", "35 hours", null, BackupVerdict.Fine)]
    [InlineData("nightly", "37 hours", null, BackupVerdict.Overdue)]
    [InlineData("deploy", "37 hours", null, BackupVerdict.Overdue)]
    [InlineData("manual", "37 hours", null, BackupVerdict.NotSet)]
    [InlineData("manual", "37 hours", "failed", BackupVerdict.Overdue)]
    [InlineData("nightly", "37 hours", "succeeded", BackupVerdict.NotSet)] // It made none: the folder was taken out of the settings since.
    public async Task Get_OldBackup_IsOverdueWhereOneIsExpected(string cause, string age, string? run, BackupVerdict expected)
    {
        await MadeAsync(age, cause);
        await RanAsync(run, "8 hours");

        Assert.Equal(expected, (await ReadAsync()).Verdict);
    }

    [Fact]
    public async Task Get_DrillFailed_TellsWhyWithoutNamesOfFolders()
    {
        await MadeAsync("1 hour", "nightly");
        await DrilledAsync("1 hour", $"/srv/home/of-backups/{File} is damaged: its SHA-256 is 1, the manifest has 2.");

        var report = await ReadAsync();

        Assert.Equal(BackupVerdict.Unusable, report.Verdict);
        Assert.Equal($"{File} is damaged: its SHA-256 is 1, the manifest has 2.", report.LastDrill?.Problem);
        Assert.Equal((false, null, null), (report.LastDrill?.Passed, report.LastDrill?.Tables, report.LastDrill?.Rows));
    }

    [Fact]
    public async Task Health_OverdueUnusableAndFine_FollowsAndStaysReady()
    {
        await MadeAsync("40 hours", "nightly");
        var overdue = await HealthAsync("The newest backup is older than 36 hours.");
        Assert.Equal(("degraded", "degraded"), Words(overdue));
        Assert.InRange(Detail(overdue, "last_backup", "age_seconds").GetInt64(), 40 * 3600, (40 * 3600) + 60);
        Assert.Equal(File, Detail(overdue, "last_backup", "file").GetString());
        Assert.Equal("nightly", Detail(overdue, "last_backup", "cause").GetString());

        await MadeAsync("1 hour", "manual");
        await DrilledAsync("30 minutes", "/srv/home/hunter2 is damaged");
        var unusable = await HealthAsync("The last restore drill failed.");
        Assert.Equal(("degraded", "degraded"), Words(unusable));
        Assert.False(Detail(unusable, "last_drill", "passed").GetBoolean());
        Assert.DoesNotContain("hunter2", unusable.ToString(), StringComparison.Ordinal);
        Assert.Equal("The last restore drill failed.", (await api.GetAsync<OverviewResponse>("/api/v1/overview")).BackupProblem);

        await DrilledAsync("1 minute", null);
        var fine = await HealthAsync("The newest backup is recent.");
        Assert.Equal(("healthy", "healthy"), Words(fine));
        Assert.Null((await api.GetAsync<OverviewResponse>("/api/v1/overview")).BackupProblem);
        Assert.Equal("Restored and compared: 41 tables, 48213 rows.", Detail(fine, "last_drill", "message").GetString());
    }

    private async Task<BackupReport> ReadAsync() => await api.GetAsync<BackupReport>("/api/v1/backups");

    /// <summary>What everybody sees, once it says so; and that the host is ready meanwhile.</summary>
    private async Task<JsonElement> HealthAsync(string message)
    {
        using var stranger = new HttpClient { BaseAddress = api.BaseAddress };
        JsonElement health = default;
        await Eventually.TrueAsync(
            async token =>
            {
                health = JsonElement.Parse(await stranger.GetStringAsync(new Uri("/health", UriKind.Relative), token));
                return health.GetProperty("details").GetProperty("backups").GetProperty("message").GetString() == message;
            },
            Freshness,
            $"/health says: {message}");
        foreach (var path in (string[])["/healthz", "/ready"])
        {
            using var response = await stranger.GetAsync(new Uri(path, UriKind.Relative), Token);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        return health;
    }

    private static (string? Status, string? Backups) Words(JsonElement health) =>
        (health.GetProperty("status").GetString(), health.GetProperty("services").GetProperty("backups").GetString());

    private static JsonElement Detail(JsonElement health, string of, string name) =>
        health.GetProperty("details").GetProperty("backups").GetProperty(of).GetProperty(name);

    private Task MadeAsync(string age, string cause) => api.Database.ExecuteAsync(
        $"insert into backups values (gen_random_uuid(), '{File}', '{cause}', '1.0.0', 12400000, now() - interval '{age}')", Token);

    private Task DrilledAsync(string age, string? problem) => api.Database.ExecuteAsync(
        $"""
        insert into backup_drills (id, file, problem, tables, rows, finished_at)
        select gen_random_uuid(), '{File}', problem, case when problem is null then 41 end, case when problem is null then 48213 end, now() - interval '{age}'
        from (select {(problem is null ? "null::text" : $"'{problem}'")} as problem) one
        """,
        Token);

    private async Task RanAsync(string? state, string age)
    {
        if (state is not null)
        {
            await api.Database.ExecuteAsync(
                $"""
                insert into schedules (name, description, daily_at, runs_in, max_attempts, next_run) values ('backup', '', '03:20', 'job', 1, now());
                insert into schedule_runs (schedule, number, state, cause, due_at, started_at) values ('backup', 1, '{state}', 'due', now(), now() - interval '{age}');
                """,
                Token);
        }
    }
}
