using System.Globalization;
using Hangfire;
using Hangfire.States;

namespace Platform.Tests.Standins.Jobs;

/// <summary>Holds of the real packages too: nothing here knows which ones were built.</summary>
[Collection(JobTests.Name)]
public sealed class JobClientTests(LocalPostgres postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Enqueue_CallWithArguments_IsPerformedOnAServiceOfTheContainer()
    {
        await using var database = await postgres.CreateEmptyDatabaseAsync(Token);
        await using var host = await JobHost.StartAsync(database);
        var at = new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.FromHours(2));
        var id = Guid.CreateVersion7();

        var job = host.Client.Enqueue<SampleJobs>(jobs => jobs.SumAsync(new[] { 1, 2, 3 }, at, id));
        await host.UntilAsync(job, SucceededState.StateName);

        Assert.Equal([$"{at:O} {id}"], host.Log.Lines);
        var succeeded = Assert.Single(host.Monitoring.SucceededJobs(0, 10));
        Assert.Equal(job, succeeded.Key);
        Assert.Equal("6", Convert.ToString(succeeded.Value.Result, CultureInfo.InvariantCulture));
        Assert.Equal(["Succeeded", "Processing", "Enqueued"], host.Monitoring.JobDetails(job)!.History.Select(state => state.StateName));
    }

    [Fact]
    public async Task Enqueue_JobsOfOtherQueues_WaitForAServerOfTheirs()
    {
        await using var database = await postgres.CreateEmptyDatabaseAsync(Token);
        await using var host = await JobHost.StartAsync(database, server: options => options.Queues = ["other"]);
        var special = host.Client.Enqueue<SampleJobs>(jobs => jobs.SayInSpecial("special"));
        var unnamed = host.Client.Enqueue<SampleJobs>(jobs => jobs.Say("default"));
        var other = host.Client.Enqueue<SampleJobs>("other", jobs => jobs.Say("other"));

        await host.UntilAsync(other, SucceededState.StateName);

        Assert.Equal(1, host.Monitoring.EnqueuedCount("special"));
        Assert.Equal(1, host.Monitoring.EnqueuedCount("default"));
        Assert.Equal(["other"], host.Log.Lines);

        await using var second = await JobHost.StartAsync(database, host.Log, options => options.Queues = ["special", "default"]);
        await second.UntilAsync(special, SucceededState.StateName);
        await second.UntilAsync(unnamed, SucceededState.StateName);
    }

    [Fact]
    public async Task Schedule_InTheFuture_WaitsForItsTime()
    {
        await using var database = await postgres.CreateEmptyDatabaseAsync(Token);
        await using var host = await JobHost.StartAsync(database);
        var later = host.Client.Schedule<SampleJobs>(jobs => jobs.Say("later"), TimeSpan.FromHours(1));
        var soon = host.Client.Schedule<SampleJobs>(jobs => jobs.Say("soon"), TimeSpan.FromSeconds(2));
        Assert.Equal(2, host.Monitoring.ScheduledCount());
        Assert.Equal([later, soon], host.Monitoring.ScheduledJobs(0, 10).Select(job => job.Key).Order(StringComparer.Ordinal));

        await host.UntilAsync(soon, SucceededState.StateName);

        Assert.Equal(["soon"], host.Log.Lines);
        Assert.Equal(ScheduledState.StateName, host.StateOf(later));

        Assert.True(host.Client.Requeue(later));
        await host.UntilAsync(later, SucceededState.StateName);
    }

    [Fact]
    public async Task ContinueJobWith_Parent_RunsAfterItOrNotAtAll()
    {
        await using var database = await postgres.CreateEmptyDatabaseAsync(Token);
        await using var host = await JobHost.StartAsync(database);
        var parent = host.Client.Schedule<SampleJobs>(jobs => jobs.Say("parent"), TimeSpan.FromHours(1));
        var child = host.Client.ContinueJobWith<SampleJobs>(parent, jobs => jobs.Say("child"));
        var consolation = host.Client.ContinueJobWith<SampleJobs>(parent, jobs => jobs.Say("never"), JobContinuationOptions.OnlyOnDeletedState);
        Assert.Equal(AwaitingState.StateName, host.StateOf(child));

        host.Client.Requeue(parent);
        await host.UntilAsync(child, SucceededState.StateName);

        Assert.Equal(["parent", "child"], host.Log.Lines);
        await host.UntilAsync(consolation, DeletedState.StateName);

        var late = host.Client.ContinueJobWith<SampleJobs>(parent, jobs => jobs.Say("late"));
        await host.UntilAsync(late, SucceededState.StateName);
    }

    [Fact]
    public async Task Delete_WaitingJob_NeverRuns()
    {
        await using var database = await postgres.CreateEmptyDatabaseAsync(Token);
        await using var client = await JobHost.StartAsync(database, serves: false);
        var deleted = client.Client.Enqueue<SampleJobs>(jobs => jobs.Say("deleted"));
        var kept = client.Client.Enqueue<SampleJobs>(jobs => jobs.Say("kept"));

        Assert.True(client.Client.Delete(deleted));
        Assert.False(client.Client.Delete(deleted, EnqueuedState.StateName));
        Assert.False(client.Client.Delete("1000000"));
        await using var server = await JobHost.StartAsync(database);
        await server.UntilAsync(kept, SucceededState.StateName);

        Assert.Equal(["kept"], server.Log.Lines);
        Assert.Equal(1, server.Monitoring.GetStatistics().Deleted);
    }
}
