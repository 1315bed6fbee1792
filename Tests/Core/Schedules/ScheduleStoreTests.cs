using Npgsql;
using Platform.Contracts.Schedules;
using Platform.Core.Schedules;

namespace Platform.Tests.Core.Schedules;

public sealed class ScheduleStoreTests(LocalPostgres postgres) : IAsyncLifetime
{
    private const string Name = "tidy-up";

    private TestDatabase? _database;
    private SchedulesHost? _host;

    private TestDatabase Database => _database ?? throw new InvalidOperationException("The database is made in InitializeAsync.");

    private SchedulesHost Host => _host ?? throw new InvalidOperationException("The host is made in InitializeAsync.");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.CreateDatabaseAsync(Token);
        _host = new SchedulesHost(_database);
    }

    public async ValueTask DisposeAsync()
    {
        _host?.Dispose();
        await (_database?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [Fact]
    public async Task AdvanceAsync_AskedBySixteenAtOnce_ClaimsADueRunOnce()
    {
        var leadership = await LeadAsync("a");
        await DueAsync("1 second");

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => AdvanceAsync(leadership), Token)));

        var run = Assert.Single(answers.SelectMany(answer => answer));
        Assert.Equal((Name, 1L, 0), (run.Schedule, run.Number, run.Missed));
        Assert.Equal(1, await Database.ScalarAsync<long>("select count(*) from schedule_runs", Token));
    }

    [Fact]
    public async Task AdvanceAsync_ByALeaderThatWasReplaced_ClaimsNothing()
    {
        var stale = await LeadAsync("a");
        var leader = await LeadAsync("b");
        await DueAsync("1 second");

        Assert.Empty(await AdvanceAsync(stale));
        Assert.Equal(0, await Database.ScalarAsync<long>("select count(*) from schedule_runs", Token));
        Assert.Single(await AdvanceAsync(leader));
        await Eventually.TrueAsync(() => stale.Lost.IsCancellationRequested, TestPlatform.Patience, "the replaced leader is told");
    }

    [Fact]
    public async Task AdvanceAsync_ByALeaderWhoseLeaseRanOut_ClaimsNothing()
    {
        var leadership = await LeadAsync("a");
        await DueAsync("1 second");
        Host.Dispose();
        await Database.ExecuteAsync("update leaders set until = now() - interval '1 second'", Token);
        using var other = new SchedulesHost(Database);

        Assert.Empty(await other.Store.AdvanceAsync(leadership, [Name], Token));
    }

    [Fact]
    public async Task AdvanceAsync_RunsMissed_RunsOnceAndCountsFromNow()
    {
        var leadership = await LeadAsync("a");
        await DueAsync("3 hours 30 minutes");

        var run = Assert.Single(await AdvanceAsync(leadership));
        await EndAsync(run);

        Assert.Equal(4, run.Missed);
        Assert.Empty(await AdvanceAsync(leadership));
        Assert.Equal("missed", await Database.ScalarAsync<string>("select cause from schedule_runs", Token));
        Assert.True(await Database.ScalarAsync<bool>(
            "select next_run between now() + interval '58 minutes' and now() + interval '1 hour' from schedules", Token));
    }

    [Fact]
    public async Task AdvanceAsync_RunOnTime_KeepsTheRhythm()
    {
        var leadership = await LeadAsync("a");
        await DueAsync("20 seconds");

        await EndAsync(Assert.Single(await AdvanceAsync(leadership)));

        Assert.Equal("due", await Database.ScalarAsync<string>("select cause from schedule_runs", Token));
        Assert.True(await Database.ScalarAsync<bool>("select s.next_run = r.due_at + interval '1 hour' from schedules s, schedule_runs r", Token));
    }

    [Fact]
    public async Task AdvanceAsync_WhileARunIsOpen_StartsNoSecond()
    {
        var leadership = await LeadAsync("a");
        await DueAsync("1 second");
        await Host.Runs.StartAsync(Name, Assert.Single(await AdvanceAsync(leadership)).Number, "a", Token);
        await DueAsync("1 second");

        Assert.Empty(await AdvanceAsync(leadership));
        Assert.Equal(1, await Database.ScalarAsync<long>("select count(*) from schedule_runs", Token));
    }

    [Fact]
    public async Task RequestRunAsync_ByAPerson_RunsNowAndLeavesTheRhythm()
    {
        var leadership = await LeadAsync("a");
        await SyncAsync(leadership);
        await Database.ExecuteAsync("update schedules set next_run = '2100-01-01'", Token);

        Assert.True(await Host.Reader.RequestRunAsync(Name, Token));
        Assert.False(await Host.Reader.RequestRunAsync("no-such", Token));
        var run = Assert.Single(await AdvanceAsync(leadership));
        await EndAsync(run);

        Assert.Empty(await AdvanceAsync(leadership));
        var view = Assert.Single(await Host.Reader.ListAsync(Token));
        Assert.Equal((ScheduleRunCause.Asked, ScheduleRunState.Succeeded, "Done."), (view.LastRun?.Cause, view.LastRun?.State, view.LastRun?.Result));
        Assert.Equal(2100, view.Schedule.NextRun.Year);
    }

    [Fact]
    public async Task AdvanceAsync_WorkerDiedInARun_GivesItOutAgainUntilItsAttemptsAreUp()
    {
        var leadership = await LeadAsync("a");
        await DueAsync("1 second", maxAttempts: 2);
        var run = Assert.Single(await AdvanceAsync(leadership));

        await DieInAsync(run);
        var again = Assert.Single(await AdvanceAsync(leadership));
        Assert.Equal((run.Number, 1), (again.Number, again.Attempt));
        await DieInAsync(again);

        Assert.Empty(await AdvanceAsync(leadership));
        Assert.Equal("failed", await Database.ScalarAsync<string>("select state from schedule_runs", Token));
        Assert.Contains("2 times", await Database.ScalarAsync<string>("select error from schedule_runs", Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AdvanceAsync_NewLeader_TakesUpRunsThatTheOldOneDidNotBegin()
    {
        await DueAsync("1 second", await LeadAsync("a"));
        var old = await LeadAsync("b");
        var claimed = Assert.Single(await AdvanceAsync(old));
        Assert.Empty(await AdvanceAsync(old));

        var next = await LeadAsync("c");

        Assert.Equal(claimed.Number, Assert.Single(await AdvanceAsync(next)).Number);
    }

    [Fact]
    public async Task StartAsync_BegunByTwo_RunsOnceAndOnlyTheNewestMayFinish()
    {
        var leadership = await LeadAsync("a");
        await DueAsync("1 second");
        var run = Assert.Single(await AdvanceAsync(leadership));

        var started = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Host.Runs.StartAsync(run.Schedule, run.Number, "a", Token)));

        var first = Assert.Single(started.OfType<StartedRun>());
        Host.Runs.Release(first);
        await Database.ExecuteAsync("update schedule_runs set lease_until = now() - interval '1 second'", Token);
        Assert.Single(await AdvanceAsync(leadership));
        var second = await Host.Runs.StartAsync(run.Schedule, run.Number, "b", Token);
        Assert.NotNull(second);
        Assert.False(await Host.Runs.FinishAsync(first, new RunResult("Late."), null, Token));
        Assert.True(await Host.Runs.FinishAsync(second, new RunResult("In time."), null, Token));
        Assert.Equal("In time.", await Database.ScalarAsync<string>("select result from schedule_runs", Token));
    }

    [Fact]
    public async Task SyncAsync_ListChanged_RowsFollow()
    {
        var leadership = await LeadAsync("a");
        await Host.Store.SyncAsync(
            leadership, [SchedulesHost.Definition("goes"), SchedulesHost.Definition("stays"), SchedulesHost.Definition("changes")], TimeSpan.FromMinutes(1), Token);
        await Database.ExecuteAsync("update schedules set next_run = '2100-01-01'", Token);

        await Host.Store.SyncAsync(
            leadership,
            [SchedulesHost.Definition("stays"), SchedulesHost.Definition("changes", Cadence.Daily(4, 10)), SchedulesHost.Definition("comes")],
            TimeSpan.FromMinutes(1),
            Token);

        var rows = (await Host.Reader.ListAsync(Token)).ToDictionary(view => view.Schedule.Name, view => view.Schedule);
        Assert.Equal(["changes", "comes", "stays"], rows.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(2100, rows["stays"].NextRun.Year);
        Assert.Equal((null, new TimeOnly(4, 10)), (rows["changes"].Period, rows["changes"].DailyAt));
        Assert.Equal(new TimeOnly(4, 10), TimeOnly.FromDateTime(rows["changes"].NextRun.UtcDateTime));
        Assert.True(await Database.ScalarAsync<bool>(
            "select bool_and(next_run between now() and now() + interval '24 hours') from schedules where name <> 'stays'", Token));
    }

    [Fact]
    public async Task SyncAsync_ByALeaderThatWasReplaced_ChangesNothing()
    {
        var stale = await LeadAsync("a");
        var leader = await LeadAsync("b");
        await SyncAsync(leader);

        await Host.Store.SyncAsync(stale, [SchedulesHost.Definition("other")], TimeSpan.FromMinutes(1), Token);

        Assert.Equal(Name, Assert.Single(await Host.Reader.ListAsync(Token)).Schedule.Name);
    }

    [Fact]
    public async Task TryTakeAsync_ByTwo_GivesItToOneUntilItIsLaidDown()
    {
        var first = await Host.Lease.TryTakeAsync("a", Token);
        Assert.NotNull(first);
        Assert.Null(await Host.Lease.TryTakeAsync("b", Token));

        Assert.True(await Host.Lease.ReleaseAsync(first, Token));

        Assert.Null(await Host.Reader.LeaderAsync(Token));
        var second = await Host.Lease.TryTakeAsync("b", Token);
        Assert.True(second?.Fence > first.Fence);
        Assert.Equal("b", (await Host.Reader.LeaderAsync(Token))?.Owner);
        Assert.False(await Host.Lease.ReleaseAsync(first, Token));
    }

    [Fact]
    public async Task RequestRunAsync_ScheduleThatExists_NotifiesTheLeader()
    {
        await DueAsync("1 second", await LeadAsync("a"));
        await using var connection = await ListenAsync(ScheduleStore.WakeChannel);

        Assert.False(await Host.Reader.RequestRunAsync("unknown", Token));
        Assert.True(await Host.Reader.RequestRunAsync(Name, Token));

        Assert.True(await connection.WaitAsync(TestPlatform.Patience, Token), "a notification arrives");
        Assert.NotNull(await Database.ScalarAsync<DateTime?>("select asked_at from schedules", Token));
    }

    [Fact]
    public async Task ReleaseAsync_OfTheLeader_NotifiesTheOthers()
    {
        var leadership = await LeadAsync("a");
        await using var connection = await ListenAsync(LeaderLease.WakeChannel);

        Assert.True(await Host.Lease.ReleaseAsync(leadership, Token));

        Assert.True(await connection.WaitAsync(TestPlatform.Patience, Token), "a notification arrives");
    }

    private async Task<NpgsqlConnection> ListenAsync(string channel)
    {
        var connection = await Database.OpenAsync(Token);
        await using var listen = new NpgsqlCommand($"listen {channel}", connection);
        await listen.ExecuteNonQueryAsync(Token);
        return connection;
    }

    private Task<Leadership> LeadAsync(string owner) => Host.LeadAsync(Database, owner, Token);

    private Task<IReadOnlyList<PendingRun>> AdvanceAsync(Leadership leadership) => Host.Store.AdvanceAsync(leadership, [Name], Token);

    private Task SyncAsync(Leadership leadership, int maxAttempts = 3) =>
        Host.Store.SyncAsync(leadership, [SchedulesHost.Definition(Name, maxAttempts: maxAttempts)], TimeSpan.FromMinutes(1), Token);

    /// <summary>Makes the schedule due since a while.</summary>
    private async Task DueAsync(string since, Leadership? leadership = null, int maxAttempts = 3)
    {
        var count = await Database.ScalarAsync<long>("select count(*) from schedules", Token);
        if (count == 0)
        {
            var fence = await Database.ScalarAsync<long>("select fence from leaders", Token);
            await SyncAsync(leadership ?? new Leadership("", fence, CancellationToken.None), maxAttempts);
        }

        await Database.ExecuteAsync($"update schedules set next_run = now() - interval '{since}'", Token);
    }

    private async Task EndAsync(PendingRun run)
    {
        var started = await Host.Runs.StartAsync(run.Schedule, run.Number, "a", Token);
        Assert.NotNull(started);
        Assert.True(await Host.Runs.FinishAsync(started, new RunResult("Done."), null, Token));
        Host.Runs.Release(started);
    }

    private async Task DieInAsync(PendingRun run)
    {
        var started = await Host.Runs.StartAsync(run.Schedule, run.Number, "a", Token);
        Assert.NotNull(started);
        Host.Runs.Release(started);
        await Database.ExecuteAsync("update schedule_runs set lease_until = now() - interval '1 second'", Token);
    }
}
