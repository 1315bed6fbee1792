using Npgsql;
using NpgsqlTypes;
using Platform.Core.Activations.Queue;
using Platform.Core.Storage;

namespace Platform.Tests.Core.Activations.Queue;

public sealed class ActivationQueueTests(LocalPostgres postgres)
{
    private const int MaxLosses = 4;

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
    public async Task SettleLosses_AgainAndAgain_AtOnceThenAfterSecondsThenParked()
    {
        await using var host = await QueueHost.StartAsync(postgres, Token);
        var bot = await host.BotAsync("bot", Token);
        var id = Assert.Single(await host.EnqueueAsync(bot, await host.ChannelsAsync(bot, 1, Token), Token));
        await host.Queue.ClaimWaitingAsync("dying", 1, Token);
        await PostgresIsOldAsync(host);

        var first = await LoseAsync(host);
        Assert.Equal((2, 1), (Assert.Single(first.TakenOver).Attempt, first.TakenOver[0].Losses));
        for (var loss = 2; loss < MaxLosses; loss++)
        {
            Assert.Equal(1, (await LoseAsync(host)).Delayed);
            var wait = await host.Database.ScalarAsync<double>($"select extract(epoch from not_before - now())::float8 from activations where id = '{id}'", Token);
            Assert.InRange(wait, Math.Pow(2, loss - 2) - 0.9, Math.Pow(2, loss - 2));
            Assert.Empty(await host.Queue.ClaimWaitingAsync("dying", 1, Token));
            await host.Database.ExecuteAsync("update activations set not_before = now()", Token);
            Assert.Single(await host.Queue.ClaimWaitingAsync("dying", 1, Token));
        }

        Assert.Equal(0, await host.Database.ScalarAsync<long>("select count(*) from event_inbox", Token));
        Assert.Single((await LoseAsync(host)).ParkedChannels);
        Assert.Equal("parked", await host.StateAsync(id, Token));
        Assert.Equal($"activation.parked worker_lost {id}", await host.Database.ScalarAsync<string>(
            """
            select e.type || ' ' || (e.data ->> 'error_code') || ' ' || a.id
            from event_inbox e
            join activations a on a.id = e.activation_id and a.lease_fence = e.activation_fence and a.xmin = e.xmin
            """,
            Token));
        Assert.Empty(await host.Queue.ClaimWaitingAsync("w", 1, Token));
    }

    [Fact]
    public async Task SettleLosses_CallerStillHoldsIt_IsLeftAlone()
    {
        await using var host = await QueueHost.StartAsync(postgres, Token);
        var bot = await host.BotAsync("bot", Token);
        await host.EnqueueAsync(bot, await host.ChannelsAsync(bot, 2, Token), Token);
        var claims = await host.Queue.ClaimWaitingAsync("w", 2, Token);
        await PostgresIsOldAsync(host);
        await host.Database.ExecuteAsync("update activations set lease_until = now() - interval '1 second'", Token);

        var lost = await host.Queue.SettleLossesAsync("w", 10, [claims[0].Id], MaxLosses, Token);

        Assert.Equal(claims[1].Id, Assert.Single(lost.TakenOver).Id);
    }

    [Fact]
    public async Task SettleLosses_WorkerPausedWhileItSendsItsCompletion_IsTakenOver()
    {
        await using var host = await QueueHost.StartAsync(postgres, Token);
        await host.EnqueueOneAsync(Token);
        var claim = Assert.Single(await host.Queue.ClaimWaitingAsync("paused", 1, Token));
        await PostgresIsOldAsync(host);
        await host.Database.ExecuteAsync("update activations set lease_until = now() - interval '1 second'", Token);
        await using var connection = new NpgsqlConnection(host.Database.ConnectionString);
        await connection.OpenAsync(Token);
        await using var transaction = await connection.BeginTransactionAsync(Token);
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"{PausedTransaction.Limit}"));
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"update activations set state = 'silent' where id = '{claim.Id}'"));
        using var body = new StalledBody();
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select $1")
        {
            Parameters = { new NpgsqlParameter { Value = body, NpgsqlDbType = NpgsqlDbType.Bytea } },
        });

        var sending = batch.ExecuteNonQueryAsync(Token);

        await Eventually.TrueAsync(
            async token => await host.Database.ScalarAsync<bool>(
                "select exists (select from pg_stat_activity where datname = current_database() and state = 'active' and wait_event = 'ClientRead')", token),
            TestPlatform.Patience,
            "Postgres waits for the rest of the batch");
        Assert.Empty((await host.Queue.SettleLossesAsync("other", 10, [], MaxLosses, Token)).TakenOver);
        await Eventually.TrueAsync(
            async token => (await host.Queue.SettleLossesAsync("other", 10, [], MaxLosses, token)).TakenOver.SingleOrDefault()?.Id == claim.Id,
            TestPlatform.Patience,
            "the claim is taken over");
        body.GoOn();
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => sending);
    }

    [Fact]
    public async Task SettleLosses_LeaseHasNotRunOut_IsLeftAlone()
    {
        await using var host = await QueueHost.StartAsync(postgres, Token);
        await host.EnqueueOneAsync(Token);
        await host.Queue.ClaimWaitingAsync("w", 1, Token);
        await PostgresIsOldAsync(host);
        await host.Database.ExecuteAsync("update activations set lease_until = now() + interval '1 minute'", Token);

        Assert.Empty((await host.Queue.SettleLossesAsync("other", 10, [], MaxLosses, Token)).TakenOver);
    }

    [Fact]
    public async Task SettleLosses_PostgresStartedALeaseAgoOrLess_NothingCountsAsLost()
    {
        await using var server = await PostgresServer.StartNewAsync(Token);
        await using var host = await QueueHost.StartAsync(server, Token);
        var bot = await host.BotAsync("bot", Token);
        await host.EnqueueAsync(bot, await host.ChannelsAsync(bot, 1, Token), Token);
        await host.Queue.ClaimWaitingAsync("alive", 1, Token);
        await host.Database.ExecuteAsync("update activations set lease_until = now() - interval '1 second'", Token);

        await server.KillAsync();
        await server.StartAsync(Token);
        SettledLosses? early = null;
        await Eventually.TrueAsync(
            async token =>
            {
                try
                {
                    early = await host.Queue.SettleLossesAsync("other", 1, [], MaxLosses, token);
                    return true;
                }
                catch (NpgsqlException)
                {
                    return false;
                }
            },
            TestPlatform.Patience,
            "the queue answers again");

        Assert.Empty(early!.TakenOver);
        await Eventually.TrueAsync(
            async token => (await host.Queue.SettleLossesAsync("other", 1, [], MaxLosses, token)).TakenOver.Count == 1,
            TestPlatform.Patience,
            "it counts as lost one lease later");
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

    private static Task PostgresIsOldAsync(QueueHost host) => Eventually.TrueAsync(
        token => host.Database.ScalarAsync<bool>("select now() - pg_postmaster_start_time() > interval '5 seconds'", token),
        TestPlatform.Patience,
        "Postgres has run for longer than a lease");

    private static async Task<SettledLosses> LoseAsync(QueueHost host)
    {
        await host.Database.ExecuteAsync("update activations set lease_until = now() - interval '1 second' where state = 'running'", Token);
        return await host.Queue.SettleLossesAsync("dying", 10, [], MaxLosses, Token);
    }

    /// <summary>A value of which a paused process has sent a half.</summary>
    private sealed class StalledBody : Stream
    {
        private const int HalfBytes = 32 * 1024;

        private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => 2 * HalfBytes;

        public override long Position { get; set; }

        public void GoOn() => _goOn.TrySetResult();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position >= HalfBytes)
            {
                await _goOn.Task.WaitAsync(cancellationToken);
            }

            var count = (int)Math.Min(buffer.Length, (Position < HalfBytes ? HalfBytes : Length) - Position);
            buffer.Span[..count].Clear();
            Position += count;
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
