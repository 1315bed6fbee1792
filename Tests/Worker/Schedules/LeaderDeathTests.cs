using Platform.Tests.Chaos;

namespace Platform.Tests.Worker.Schedules;

[Collection(ChaosCollection.Name)]
[Trait("Category", "Chaos")]
public sealed class LeaderDeathTests(LocalPostgres postgres, LocalRedis redis)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Leader_Killed_AnotherWorkerLeadsAndRunsWhatIsDue()
    {
        await using var platform = await TestPlatform.StartAsync(postgres, await redis.ConnectionStringAsync(Token), Token);
        await platform.AddHostAsync("Worker", Token);
        var dead = await LeaderAsync(platform, not: null);
        var killed = dead.Contains($"-{platform.Worker.Id}-", StringComparison.Ordinal) ? platform.Worker : platform.Hosts[^1];

        await killed.KillAsync();
        await platform.Database.ExecuteAsync("update schedules set asked_at = now() where name = 'partitions-ahead'", Token);
        var next = await LeaderAsync(platform, not: dead);

        await Eventually.TrueAsync(
            async token => await platform.Database.ScalarAsync<bool>(
                $"select exists (select from schedule_runs where schedule = 'partitions-ahead' and cause = 'asked' and state = 'succeeded' and owner = '{next}')",
                token),
            TestPlatform.Patience,
            "the new leader runs what was asked for");
    }

    [Fact]
    public async Task Leader_PausedPastItsLease_LeadsNoMore()
    {
        await using var platform = await TestPlatform.StartAsync(postgres, await redis.ConnectionStringAsync(Token), Token);
        await platform.AddHostAsync("Worker", Token);
        var paused = await LeaderAsync(platform, not: null);
        var host = paused.Contains($"-{platform.Worker.Id}-", StringComparison.Ordinal) ? platform.Worker : platform.Hosts[^1];

        host.Pause();
        var next = await LeaderAsync(platform, not: paused);
        host.Resume();

        await Eventually.TrueAsync(
            () => host.Log.Contains("Another worker became leader", StringComparison.Ordinal), TestPlatform.Patience, "the paused leader finds out");
        Assert.Equal(next, await platform.Database.ScalarAsync<string>("select owner from leaders", Token));
        Assert.Equal(0, await platform.Database.ScalarAsync<long>(
            "select count(*) from (select from schedule_runs group by schedule, due_at having count(*) > 1) twice", Token));
    }

    private static async Task<string> LeaderAsync(TestPlatform platform, string? not)
    {
        string? leader = null;
        await Eventually.TrueAsync(
            async token =>
            {
                leader = await platform.Database.ScalarAsync<string>("select owner from leaders where until > now()", token);
                return leader is not null && leader != not;
            },
            TestPlatform.Patience,
            "somebody leads");
        return leader ?? throw new InvalidOperationException("The condition held without a leader.");
    }
}
