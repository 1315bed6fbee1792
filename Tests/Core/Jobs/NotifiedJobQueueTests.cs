using Hangfire;
using Platform.Core.Jobs;

namespace Platform.Tests.Core.Jobs;

public sealed class NotifiedJobQueueTests(LocalPostgres postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Enqueue_Committed_Notifies()
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);
        using var host = new JobHost(database);
        await using var listening = await database.OpenAsync(Token);
        await using (var listen = listening.CreateCommand())
        {
            listen.CommandText = $"listen {JobQueues.Channel}";
            await listen.ExecuteNonQueryAsync(Token);
        }

        host.Client.Enqueue<IMaintenanceJob>(JobQueues.Maintenance, job => job.RunAsync("nothing", 1, CancellationToken.None));

        Assert.True(await listening.WaitAsync(TestPlatform.Patience, Token));
        Assert.Equal(1, await database.ScalarAsync<long>("select count(*) from hangfire.jobqueue", Token));
    }

    /// <summary>The dashboard asks every registered queue for its names.</summary>
    [Fact]
    public async Task Queues_OneJob_AreNamedOnceWithTheirJobs()
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);
        using var host = new JobHost(database);
        var id = host.Client.Enqueue<IMaintenanceJob>(JobQueues.Maintenance, job => job.RunAsync("nothing", 1, CancellationToken.None));
        var monitoring = host.Storage.GetMonitoringApi();

        var queue = Assert.Single(monitoring.Queues());

        Assert.Equal((JobQueues.Maintenance, 1L), (queue.Name, queue.Length));
        Assert.Equal(id, Assert.Single(queue.FirstJobs).Key);
        Assert.Equal(id, Assert.Single(monitoring.EnqueuedJobs(JobQueues.Maintenance, 0, 10)).Key);
        Assert.Equal(1, monitoring.GetStatistics().Queues);
    }
}
