using Platform.Contracts.Jobs;
using Platform.Contracts.Schedules;
using Platform.Core.Jobs;
using Platform.Core.Schedules;
using Platform.Worker.Features.Schedules;

namespace Platform.Tests.Worker.Schedules;

public sealed class SchedulerTests(LocalPostgres postgres) : IAsyncLifetime
{
    private static readonly TimeSpan WrongBy = TimeSpan.FromSeconds(90);

    private TestDatabase? _database;

    private TestDatabase Database => _database ?? throw new InvalidOperationException("The database is made in InitializeAsync.");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.CreateDatabaseAsync(Token);
        await _database.ExecuteAsync(WorkLog.CreateTable, Token);
    }

    public async ValueTask DisposeAsync() => await (_database?.DisposeAsync() ?? ValueTask.CompletedTask);

    [Fact]
    public async Task Schedule_ThreeWorkersWithClocksThreeMinutesApart_RunsOnceEachTime()
    {
        var entry = Entry<WorkLog>("counted");
        await using var early = await SchedulerHost.StartAsync(Database, Token, -WrongBy, entry);
        await using var exact = await SchedulerHost.StartAsync(Database, Token, TimeSpan.Zero, entry);
        await using var late = await SchedulerHost.StartAsync(Database, Token, WrongBy, entry);
        await LeaderIsThereAsync();

        for (var number = 1; number <= 5; number++)
        {
            await Database.ExecuteAsync("update schedules set next_run = now()", Token);
            await RunEndedAsync("counted", number);
        }

        Assert.Equal(5, await Database.ScalarAsync<long>("select count(*) from work_log", Token));
        Assert.Equal(1, await Database.ScalarAsync<long>("select count(distinct owner) from schedule_runs", Token));
    }

    [Fact]
    public async Task Schedule_ClockOfTheWorkerAhead_IsNotDueBeforeTheDatabaseSaysSo()
    {
        await using var host = await SchedulerHost.StartAsync(Database, Token, WrongBy, Entry<WorkLog>("counted"), Entry<WorkLog>("other"));
        await LeaderIsThereAsync();
        await Database.ExecuteAsync("update schedules set next_run = now() + interval '60 seconds' where name = 'counted'", Token);

        await AskAsync("other");
        await RunEndedAsync("other", 1);

        Assert.Equal(0, await Database.ScalarAsync<long>("select count(*) from schedule_runs where schedule = 'counted'", Token));
    }

    [Fact]
    public async Task Stop_OfTheLeader_AnotherLeadsAtOnceAndBeginsItsRunAgain()
    {
        var entries = new[] { Entry<EndlessWork>("endless"), Entry<WorkLog>("counted") };
        await using var first = await SchedulerHost.StartAsync(Database, Token, default, entries);
        await LeaderIsThereAsync();
        await using var second = await SchedulerHost.StartAsync(Database, Token, default, entries);
        await AskAsync("endless");
        await Eventually.TrueAsync(
            async token => await Database.ScalarAsync<string>("select owner from schedule_runs where state = 'running'", token) == first.Name,
            TestPlatform.Patience,
            "the first worker runs it");

        await first.StopAsync();

        // Nothing here waited for a lease to run out: what is held now was taken after it was laid down.
        Assert.NotEqual(first.Name, await Database.ScalarAsync<string>("select owner from leaders where until > now()", Token));
        await Eventually.TrueAsync(
            async token => await Database.ScalarAsync<string>("select owner from schedule_runs where state = 'running'", token) == second.Name,
            TestPlatform.Patience,
            "the second worker begins it again");
        Assert.Equal(1, await Database.ScalarAsync<int>("select attempt from schedule_runs", Token));
        Assert.Equal(second.Name, await Database.ScalarAsync<string>("select owner from leaders", Token));
    }

    [Fact]
    public async Task Stop_OfTheWorkerThatExecutesAJob_AnotherExecutesItAtOnce()
    {
        var entry = Entry<EndlessWork>("endless", runsIn: ScheduleRunner.Job);
        await using var first = await SchedulerHost.StartAsync(Database, Token, default, entry);
        await using var second = await SchedulerHost.StartAsync(Database, Token, default, entry);
        await LeaderIsThereAsync();
        await AskAsync("endless");
        string? owner = null;
        await Eventually.TrueAsync(
            async token => (owner = await Database.ScalarAsync<string>("select owner from schedule_runs where state = 'running'", token)) is not null,
            TestPlatform.Patience,
            "a worker executes it");
        var (stopped, other) = owner == first.Name ? (first, second) : (second, first);

        await stopped.StopAsync();

        // Before the job would be visible again by itself, which takes 30 s.
        await Eventually.TrueAsync(
            async token => await Database.ScalarAsync<string>("select owner from schedule_runs where state = 'running'", token) == other.Name,
            TimeSpan.FromSeconds(20),
            "the other worker executes it");
        Assert.Equal(1, await Database.ScalarAsync<int>("select attempt from schedule_runs", Token));
    }

    [Fact]
    public async Task LongRun_EnqueuedThreeTimes_IsAJobThatRunsOnce()
    {
        await using var host = await SchedulerHost.StartAsync(Database, Token, default, Entry<WorkLog>("long", runsIn: ScheduleRunner.Job));
        await LeaderIsThereAsync();

        await AskAsync("long");
        await Eventually.TrueAsync(
            async token => await Database.ScalarAsync<long>("select count(*) from schedule_runs", token) == 1, TestPlatform.Patience, "the run is claimed");
        await host.Get<MaintenanceQueue>().EnqueueAsync("long", 1, Token);
        await host.Get<MaintenanceQueue>().EnqueueAsync("long", 1, Token);
        await RunEndedAsync("long", 1);

        await Eventually.TrueAsync(
            async token => await SucceededAsync(host, token) == 3, TestPlatform.Patience, "all three jobs have ended");
        Assert.Equal(1, await Database.ScalarAsync<long>("select count(*) from work_log", Token));
        var jobs = await host.Get<JobReader>().ReadAsync(Token);
        Assert.All(jobs.Recent, job => Assert.Equal((JobState.Succeeded, "long, run 1"), (job.State, job.Name)));
    }

    [Fact]
    public async Task LongRun_JobThatTheQueueLost_IsEnqueuedAgain()
    {
        await using var host = await SchedulerHost.StartAsync(Database, Token, default, Entry<WorkLog>("long", runsIn: ScheduleRunner.Job));
        await LeaderIsThereAsync();

        await Database.ExecuteAsync(
            """
            update schedules set run_number = 1;
            insert into schedule_runs (schedule, number, state, cause, due_at, enqueued_at) values ('long', 1, 'waiting', 'due', now(), now() - interval '61 seconds');
            """,
            Token);

        await RunEndedAsync("long", 1);
        Assert.Equal(1, await Database.ScalarAsync<long>("select count(*) from work_log", Token));
    }

    [Fact]
    public async Task Run_LongerThanItsTimeout_FailsAndSaysSo()
    {
        await using var host = await SchedulerHost.StartAsync(
            Database, Token, default, Entry<EndlessWork>("endless", timeout: TimeSpan.FromMilliseconds(200)));
        await LeaderIsThereAsync();

        await AskAsync("endless");
        await RunEndedAsync("endless", 1);

        Assert.Equal("failed", await Database.ScalarAsync<string>("select state from schedule_runs", Token));
        Assert.StartsWith("Timed out after", await Database.ScalarAsync<string>("select error from schedule_runs", Token), StringComparison.Ordinal);
    }

    private static ScheduleEntry Entry<TWork>(string name, TimeSpan? timeout = null, ScheduleRunner runsIn = ScheduleRunner.Leader)
        where TWork : class, IScheduledWork => ScheduleEntry.Of<TWork>(new ScheduleDefinition(
            name, "For a test.", Cadence.Every(TimeSpan.FromHours(1)), runsIn, timeout ?? TimeSpan.FromMinutes(1)));

    /// <summary>Waits for a leader that has stored its list, none of which is due by itself.</summary>
    private async Task LeaderIsThereAsync()
    {
        await Eventually.TrueAsync(
            async token => await Database.ScalarAsync<long>("select count(*) from schedules", token) > 0, TestPlatform.Patience, "a leader stores its list");
        await Database.ExecuteAsync("update schedules set next_run = now() + interval '1 day'", Token);
    }

    private static async Task<long> SucceededAsync(SchedulerHost host, CancellationToken cancellationToken) =>
        (await host.Get<JobReader>().ReadAsync(cancellationToken)).Succeeded;

    private Task AskAsync(string name) => Database.ExecuteAsync($"update schedules set asked_at = now() where name = '{name}'", Token);

    private Task RunEndedAsync(string name, int number) => Eventually.TrueAsync(
        async token => await Database.ScalarAsync<bool>(
            $"select finished_at is not null from schedule_runs where schedule = '{name}' and number = {number}", token),
        TestPlatform.Patience,
        $"run {number} of {name} ends");
}
