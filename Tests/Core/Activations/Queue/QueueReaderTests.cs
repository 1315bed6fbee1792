using Platform.Core.Activations.Queue;


namespace Platform.Tests.Core.Activations.Queue;

public sealed class QueueReaderTests(LocalPostgres postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Total_NothingThere_IsZero()
    {
        await using var host = await QueueHost.StartAsync(postgres, Token);

        Assert.Equal(new QueueCounts(0, 0, 0, 0, TimeSpan.Zero), await host.Get<QueueReader>().TotalAsync(Token));
    }

    [Fact]
    public async Task Total_OfEveryKind_CountsEachOnceAndTellsTheAgeOfWhatCouldBegin()
    {
        await using var host = await QueueHost.StartAsync(postgres, Token);
        var bot = await host.BotAsync("bot", Token);
        var queued = await host.EnqueueAsync(bot, await host.ChannelsAsync(bot, 10, Token), Token);
        var ended = await host.Queue.ClaimWaitingAsync("w", 3, Token);
        await host.EndSilentAsync(ended, Token);
        var running = await host.Queue.ClaimWaitingAsync("w", 2, Token);
        Assert.Equal((3, 2), (ended.Count, running.Count));
        var waiting = queued.Except([.. ended.Concat(running).Select(claim => claim.Id)]).ToArray();
        await host.Database.ExecuteAsync(
            $"""
            update activations set not_before = now() - interval '1 hour' where id = '{waiting[0]}';
            update activations set not_before = now() - interval '1 day', deferrals = 1 where state = 'running';
            update activations set not_before = now() + interval '1 hour', deferrals = 1 where id = '{waiting[1]}';
            update activations set not_before = now() + interval '1 hour' where id = '{waiting[2]}';
            update activations set state = 'parked', not_before = now() - interval '1 day' where id = '{waiting[3]}';
            """,
            Token);

        var counts = await host.Get<QueueReader>().TotalAsync(Token);

        Assert.Equal((3, 2, 1, 1), (counts.Waiting, counts.Running, counts.Deferred, counts.Parked));
        Assert.InRange(counts.OldestAge, TimeSpan.FromHours(1), TimeSpan.FromHours(2));
    }
}
