using System.Globalization;
using Hangfire;
using Hangfire.States;

namespace Platform.Tests.Standins.Jobs;

/// <summary>Holds of the real packages too: nothing here knows which ones were built.</summary>
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
}
