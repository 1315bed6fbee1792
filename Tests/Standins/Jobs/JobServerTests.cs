using System.Globalization;
using Hangfire;
using Hangfire.PostgreSql;
using Hangfire.States;
using Npgsql;

namespace Platform.Tests.Standins.Jobs;

/// <summary>Holds of the real packages too: nothing here knows which ones were built.</summary>
[Collection(JobTests.Name)]
public sealed class JobServerTests(LocalPostgres postgres)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Serve_TwoServers_PerformEachJobOnce()
    {
        const int Jobs = 200;
        await using var database = await postgres.CreateEmptyDatabaseAsync(Token);
        var log = new JobLog();
        await using var first = await JobHost.StartAsync(database, log);
        await using var second = await JobHost.StartAsync(database, log);

        for (var number = 0; number < Jobs; number++)
        {
            var text = number.ToString(CultureInfo.InvariantCulture);
            first.Client.Enqueue<SampleJobs>(jobs => jobs.Say(text));
        }

        await Eventually.TrueAsync(() => first.Monitoring.GetStatistics().Succeeded == Jobs, Deadline, "all jobs are done");
        Assert.Equal(Jobs, log.Lines.Count);
        Assert.Equal(Jobs, log.Lines.Distinct().Count());
        Assert.Equal(2, first.Monitoring.Servers().Count);
    }

    [Fact]
    public async Task Stop_JobThatHeeds_IsCancelledAndRunsAgainElsewhere()
    {
        await using var database = await postgres.CreateEmptyDatabaseAsync(Token);
        await using var first = await JobHost.StartAsync(database);
        var job = first.Client.Enqueue<SampleJobs>(jobs => jobs.WaitAsync("work", default));
        await Eventually.TrueAsync(() => first.Log.Count("work started") == 1, Deadline, "the job runs");
        Assert.Equal(job, Assert.Single(first.Monitoring.ProcessingJobs(0, 10)).Key);

        await first.StopAsync();

        Assert.Equal(["work started", "work cancelled"], first.Log.Lines);
        var open = new JobLog();
        open.OpenGate();
        await using var second = await JobHost.StartAsync(database, open);
        await second.UntilAsync(job, SucceededState.StateName);
        Assert.Equal(["work started", "work done"], open.Lines);
    }

    [Fact]
    public async Task Stop_JobThatHeedsNothing_RunsAgainAndItsLateEndChangesNothing()
    {
        await using var database = await postgres.CreateEmptyDatabaseAsync(Token);
        var stubborn = new JobLog();
        await using var first = await JobHost.StartAsync(database, stubborn, options => options.ShutdownTimeout = TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(6));
        var job = first.Client.Enqueue<SampleJobs>(jobs => jobs.IgnoreCancellationAsync("work"));
        await Eventually.TrueAsync(() => stubborn.Count("work started") == 1, Deadline, "the job runs");

        await first.StopAsync();

        var open = new JobLog();
        open.OpenGate();
        await using var second = await JobHost.StartAsync(database, open, invisibility: TimeSpan.FromSeconds(6));
        await second.UntilAsync(job, SucceededState.StateName);
        stubborn.OpenGate();
        await Eventually.TrueAsync(() => stubborn.Count("work done") == 1, Deadline, "the first run ends");
        Assert.Equal(1, second.Monitoring.GetStatistics().Succeeded);
        Assert.Equal(1, open.Count("work done"));
    }

    [Fact]
    public async Task Delete_RunningJob_IsToldToEnd()
    {
        await using var database = await postgres.CreateEmptyDatabaseAsync(Token);
        await using var host = await JobHost.StartAsync(database, server: options => options.CancellationCheckInterval = TimeSpan.FromSeconds(1));
        var job = host.Client.Enqueue<SampleJobs>(jobs => jobs.WaitAsync("work", default));
        await Eventually.TrueAsync(() => host.Log.Count("work started") == 1, Deadline, "the job runs");

        Assert.True(host.Client.Delete(job));

        await Eventually.TrueAsync(() => host.Log.Count("work cancelled") == 1, Deadline, "the job is told");
        Assert.Equal(DeletedState.StateName, host.StateOf(job));
    }

    [Fact]
    public async Task Serve_JobLongerThanTheInvisibility_RunsOnce()
    {
        await using var database = await postgres.CreateEmptyDatabaseAsync(Token);
        var log = new JobLog();
        await using var first = await JobHost.StartAsync(database, log, invisibility: TimeSpan.FromSeconds(3));
        await using var second = await JobHost.StartAsync(database, log, invisibility: TimeSpan.FromSeconds(3));
        var job = first.Client.Enqueue<SampleJobs>(jobs => jobs.WaitAsync("long", default));
        var after = first.Client.Schedule<SampleJobs>(jobs => jobs.Say("after"), TimeSpan.FromSeconds(9));

        await first.UntilAsync(after, SucceededState.StateName);
        log.OpenGate();
        await first.UntilAsync(job, SucceededState.StateName);

        Assert.Equal(1, log.Count("long started"));
    }

    [Fact]
    public async Task Start_TwoHostsOnAnEmptyDatabase_MakeTheTablesOnce()
    {
        await using var database = await postgres.CreateEmptyDatabaseAsync(Token);
        await using var first = await JobHost.StartAsync(database);
        await using var second = await JobHost.StartAsync(database);

        var jobs = await Task.WhenAll(new[] { first, second }.Select(host => Task.Run(() => host.Client.Enqueue<SampleJobs>(sample => sample.Say("hello")), Token)));

        await Task.WhenAll(jobs.Select(job => first.UntilAsync(job, SucceededState.StateName)));
    }

    [Fact]
    public async Task Serve_MoreWorkersThanConnections_PerformsAllJobs()
    {
        const int Jobs = 60;
        await using var database = await postgres.CreateEmptyDatabaseAsync(Token);
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database.ConnectionString) { MaxPoolSize = 4 });
        await using var host = await JobHost.StartAsync(
            database, server: options => options.WorkerCount = 10, connections: storage => storage.UseConnectionFactory(new Connections(source)));

        for (var number = 0; number < Jobs; number++)
        {
            host.Client.Enqueue<SampleJobs>(jobs => jobs.Say("hello"));
        }

        await Eventually.TrueAsync(() => host.Monitoring.GetStatistics().Succeeded == Jobs, Deadline, "all jobs are done");
        Assert.Equal(Jobs, host.Log.Lines.Count);
    }

    private sealed class Connections(NpgsqlDataSource source) : IConnectionFactory
    {
        public NpgsqlConnection GetOrCreateConnection() => source.CreateConnection();
    }
}
