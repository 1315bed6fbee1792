namespace Platform.Tests.Core.Activations.Queue;

public sealed class ActivationQueueTests(LocalPostgres postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ClaimWaiting_OneBotWithThousands_TheOtherBotsSingleOneIsInTheFirstClaim()
    {
        await using var host = await QueueHost.StartAsync(postgres, Token);
        var busy = await host.BotAsync("busy", Token);
        await host.EnqueueAsync(busy, await host.ChannelsAsync(busy, 100, Token), Token, each: 100);
        var modest = await host.BotAsync("modest", Token);
        var single = Assert.Single(await host.EnqueueAsync(modest, await host.ChannelsAsync(modest, 1, Token), Token));

        var claims = await host.Queue.ClaimWaitingAsync("w", 8, Token);

        Assert.Equal(8, claims.Count);
        Assert.Contains(single, claims.Select(claim => claim.Id));
    }

    [Fact]
    public async Task ClaimWaiting_BotThatRunsMuchAlready_ComesAfterTheOthers()
    {
        await using var host = await QueueHost.StartAsync(postgres, Token);
        var busy = await host.BotAsync("busy", Token);
        await host.EnqueueAsync(busy, await host.ChannelsAsync(busy, 20, Token), Token);
        Assert.Equal(5, (await host.Queue.ClaimWaitingAsync("w", 5, Token)).Count);
        var late = await host.BotAsync("late", Token);
        await host.EnqueueAsync(late, await host.ChannelsAsync(late, 5, Token), Token);

        var claims = await host.Queue.ClaimWaitingAsync("w", 5, Token);

        Assert.All(claims, claim => Assert.Equal(late, claim.BotId));
    }

    [Fact]
    public async Task ClaimWaiting_ManyInOneChannel_AreHandedOutOneAfterAnotherInOrder()
    {
        await using var host = await QueueHost.StartAsync(postgres, Token);
        var bot = await host.BotAsync("bot", Token);
        var queued = await host.EnqueueAsync(bot, await host.ChannelsAsync(bot, 1, Token), Token, each: 5);
        List<Guid> seen = [];

        for (var round = 0; round < 5; round++)
        {
            var claims = await host.Queue.ClaimWaitingAsync("w", 10, Token);
            seen.Add(Assert.Single(claims).Id);
            Assert.Empty(await host.Queue.ClaimWaitingAsync("another", 10, Token));
            await host.EndSilentAsync(claims, Token);
        }

        Assert.Equal(queued, seen);
    }

    [Fact]
    public async Task ClaimWaiting_OneChannelIsBusy_TheBotsOthersGoOn()
    {
        await using var host = await QueueHost.StartAsync(postgres, Token);
        var bot = await host.BotAsync("bot", Token);
        var queued = await host.EnqueueAsync(bot, await host.ChannelsAsync(bot, 2, Token), Token, each: 2);
        Assert.Single(await host.Queue.ClaimWaitingAsync("w", 1, Token));

        var other = Assert.Single(await host.Queue.ClaimWaitingAsync("w", 10, Token));

        Assert.Contains(other.Id, queued.Take(2));
        Assert.Equal(2, await host.Database.ScalarAsync<long>("select count(distinct channel_id) from activations where state = 'running'", Token));
    }

    [Theory]
    [InlineData("update activations set state = 'running'", "activations_one_running")]
    [InlineData("update activations set trigger = 'the same'", "activations_bot_id_trigger_key")]
    public async Task Activations_TwoOfABot_AreRefusedByTheTable(string change, string rule)
    {
        await using var host = await QueueHost.StartAsync(postgres, Token);
        var bot = await host.BotAsync("bot", Token);
        await host.EnqueueAsync(bot, await host.ChannelsAsync(bot, 1, Token), Token, each: 2);

        var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => host.Database.ExecuteAsync(change, Token));

        Assert.Equal(rule, refused.ConstraintName);
    }

    [Fact]
    public async Task ClaimWaiting_HeadIsDeferred_TheChannelsLaterOnesWaitBehindIt()
    {
        await using var host = await QueueHost.StartAsync(postgres, Token);
        var bot = await host.BotAsync("bot", Token);
        var queued = await host.EnqueueAsync(bot, await host.ChannelsAsync(bot, 1, Token), Token, each: 2);
        await host.Database.ExecuteAsync($"update activations set not_before = now() + interval '1 hour' where id = '{queued[0]}'", Token);

        Assert.Empty(await host.Queue.ClaimWaitingAsync("w", 10, Token));
        await host.Database.ExecuteAsync($"update activations set not_before = now() where id = '{queued[0]}'", Token);

        Assert.Equal(queued[0], Assert.Single(await host.Queue.ClaimWaitingAsync("w", 10, Token)).Id);
    }

    [Fact]
    public async Task ClaimWaiting_MoreChannelsThanOneLookTakes_ReachesEveryOne()
    {
        await using var host = await QueueHost.StartAsync(postgres, Token);
        var bot = await host.BotAsync("bot", Token);
        var queued = await host.EnqueueAsync(bot, await host.ChannelsAsync(bot, 1500, Token), Token);
        HashSet<Guid> seen = [];

        while (await host.Queue.ClaimWaitingAsync("w", 64, Token) is { Count: > 0 } claims)
        {
            seen.UnionWith(claims.Select(claim => claim.Id));
            await host.EndSilentAsync(claims, Token);
        }

        Assert.Equal(queued.Count, seen.Count);
    }

    [Fact]
    public async Task ClaimWaiting_MoreChannelsThanOneLookTakes_GoesOnBehindItsLatestClaim()
    {
        await using var host = await QueueHost.StartAsync(postgres, Token);
        var bot = await host.BotAsync("bot", Token);
        await host.EnqueueAsync(bot, await host.ChannelsAsync(bot, 40, Token), Token, each: 20);
        HashSet<Guid> channels = [];

        for (var round = 0; round < 8; round++)
        {
            var claims = await host.Queue.ClaimWaitingAsync("w", 4, Token);
            channels.UnionWith(claims.Select(claim => claim.ChannelId));
            await host.EndSilentAsync(claims, Token);
        }

        Assert.True(channels.Count > 16, $"32 claims came from {channels.Count} of 40 channels.");
    }

    [Fact]
    public async Task ClaimWaiting_FourWorkersAtOnce_NothingIsHandedOutTwice()
    {
        await using var host = await QueueHost.StartAsync(postgres, Token);
        var bot = await host.BotAsync("bot", Token);
        var queued = await host.EnqueueAsync(bot, await host.ChannelsAsync(bot, 40, Token), Token, each: 5);

        var claimed = await Task.WhenAll(Enumerable.Range(0, 4).Select(async worker =>
        {
            List<Guid> mine = [];
            while (await host.Database.ScalarAsync<long>("select count(*) from activations where state <> 'silent'", Token) > 0)
            {
                var claims = await host.Queue.ClaimWaitingAsync($"w{worker}", 16, Token);
                mine.AddRange(claims.Select(claim => claim.Id));
                await host.EndSilentAsync(claims, Token);
            }

            return mine;
        }));

        Assert.Equal(queued.Order(), claimed.SelectMany(one => one).Order());
    }

    [Fact]
    public async Task HandBack_SomeTakenOverMeanwhile_OnlyTheCallersGoBackAndTheAttemptDoesNotCount()
    {
        await using var host = await QueueHost.StartAsync(postgres, Token);
        var bot = await host.BotAsync("bot", Token);
        await host.EnqueueAsync(bot, await host.ChannelsAsync(bot, 3, Token), Token);
        var claims = await host.Queue.ClaimWaitingAsync("w", 3, Token);
        await host.Database.ExecuteAsync($"update activations set lease_fence = lease_fence + 1, lease_owner = 'other' where id = '{claims[0].Id}'", Token);

        Assert.Equal(2, await host.Queue.HandBackAsync(claims, Token));

        Assert.Equal(2, await host.Database.ScalarAsync<long>(
            "select count(*) from activations where state = 'queued' and attempt = 0 and lease_owner is null and lease_until is null", Token));
    }
}
