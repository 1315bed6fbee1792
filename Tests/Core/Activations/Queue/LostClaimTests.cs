using Npgsql;
using NpgsqlTypes;
using Platform.Core.Activations.Queue;
using Platform.Core.Storage;

namespace Platform.Tests.Core.Activations.Queue;

/// <summary>Claims whose worker died or is paused.</summary>
public sealed class LostClaimTests(LocalPostgres postgres)
{
    private const int MaxLosses = 4;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

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

        // A test that fails must not wait for the connection.
        protected override void Dispose(bool disposing)
        {
            GoOn();
            base.Dispose(disposing);
        }

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
