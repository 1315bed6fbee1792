using Hangfire;
using Hangfire.States;

namespace Platform.Tests.Standins.Jobs;

/// <summary>Holds of the real packages too: nothing here knows which ones were built.</summary>
[Collection(JobTests.Name)]
public sealed class JobRetryTests(LocalPostgres postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AutomaticRetry_JobThatFails_RunsAgainThenFailsForGood()
    {
        await using var database = await postgres.CreateEmptyDatabaseAsync(Token);
        await using var host = await JobHost.StartAsync(database, server: options => options.SchedulePollingInterval = TimeSpan.FromSeconds(1));

        var job = host.Client.Enqueue<SampleJobs>(jobs => jobs.Fail(null!));
        await host.UntilAsync(job, FailedState.StateName);

        Assert.Equal(["try 0", "try 1", "try 2"], host.Log.Lines);
        var failed = Assert.Single(host.Monitoring.FailedJobs(0, 10));
        Assert.Equal(job, failed.Key);
        Assert.Equal(typeof(InvalidOperationException).FullName, failed.Value.ExceptionType);
        Assert.Equal("It went wrong.", failed.Value.ExceptionMessage);
        Assert.Contains(nameof(SampleJobs), failed.Value.ExceptionDetails, StringComparison.Ordinal);
        Assert.Equal(1, host.Monitoring.FailedCount());
        Assert.Equal(1, host.Monitoring.GetStatistics().Failed);
    }

    [Fact]
    public async Task AutomaticRetry_DeleteWhenExceeded_LeavesNoFailure()
    {
        await using var database = await postgres.CreateEmptyDatabaseAsync(Token);
        await using var host = await JobHost.StartAsync(database);

        var job = host.Client.Enqueue<SampleJobs>(jobs => jobs.FailAndVanish());
        await host.UntilAsync(job, DeletedState.StateName);

        Assert.Equal(0, host.Monitoring.FailedCount());
    }

    [Fact]
    public async Task Requeue_FailedJob_RunsAgain()
    {
        await using var database = await postgres.CreateEmptyDatabaseAsync(Token);
        await using var host = await JobHost.StartAsync(database, new JobLog { Fails = true });
        var job = host.Client.Enqueue<SampleJobs>(jobs => jobs.FailIfTold());
        await host.UntilAsync(job, FailedState.StateName);

        host.Log.Fails = false;
        Assert.True(host.Client.Requeue(job, FailedState.StateName));
        await host.UntilAsync(job, SucceededState.StateName);

        Assert.Equal(2, host.Log.Count("tried"));
    }
}
