using Platform.Tests.Chaos;

namespace Platform.Tests.Worker.Jobs;

[Collection(ChaosCollection.Name)]
[Trait("Category", "Chaos")]
public sealed class KilledWorkerTests(LocalPostgres postgres, LocalRedis redis)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task LongRun_WorkerKilledInIt_AnotherRunsItAgainOnce()
    {
        await using var platform = await TestPlatform.StartAsync(postgres, await redis.ConnectionStringAsync(Token), Token);
        await platform.AddHostAsync("Worker", Token);
        await UntilAsync(platform, "select exists (select from schedules where name = 'retention-by-age')", "a leader stores its list");
        await platform.Database.ExecuteAsync("update schedules set next_run = now() + interval '1 day'", Token);
        await using var blocking = await platform.Database.OpenAsync(Token);
        await using var transaction = await blocking.BeginTransactionAsync(Token);
        await using (var block = blocking.CreateCommand())
        {
            block.CommandText = "lock table retention_runs in access exclusive mode";
            await block.ExecuteNonQueryAsync(Token);
        }

        await platform.Database.ExecuteAsync("update schedules set asked_at = now() where name = 'retention-by-age'", Token);
        await UntilAsync(platform, "select exists (select from schedule_runs where state = 'running')", "a worker is in the middle of it");
        var owner = await platform.Database.ScalarAsync<string>("select owner from schedule_runs where state = 'running'", Token);
        var killed = platform.Workers.Single(one => owner?.Contains($"-{one.Id}-", StringComparison.Ordinal) is true);

        await killed.KillAsync();
        await transaction.RollbackAsync(Token);

        await UntilAsync(platform, "select exists (select from schedule_runs where state = 'succeeded')", "the other worker runs it again");
        Assert.NotEqual(owner, await platform.Database.ScalarAsync<string>("select owner from schedule_runs", Token));

        // Hangfire takes the dead worker's job over too, when nobody has renewed it for 30 s; the test does not wait for them.
        await platform.Database.ExecuteAsync("update hangfire.jobqueue set fetchedat = fetchedat - interval '31 seconds'; notify jobs", Token);
        await UntilAsync(platform, "select not exists (select from hangfire.jobqueue)", "the killed worker's job ends as well");
        await UntilAsync(platform, "select count(*) = 2 and bool_and(statename = 'Succeeded') from hangfire.job", "both jobs of the run have ended");
        Assert.Equal(2, await platform.Database.ScalarAsync<int>("select attempt from schedule_runs", Token));
        Assert.Equal(1, await platform.Database.ScalarAsync<long>("select count(*) from schedule_runs", Token));
    }

    private static Task UntilAsync(TestPlatform platform, string condition, string because) => Eventually.TrueAsync(
        async token => await platform.Database.ScalarAsync<bool>(condition, token),
        TestPlatform.Patience,
        $"{because}; the workers say:\n{string.Join("\n\n", platform.Workers.Select(one => one.Log))}");
}
