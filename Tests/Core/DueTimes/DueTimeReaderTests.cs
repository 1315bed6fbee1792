using Npgsql;
using Platform.Core.DueTimes;
using Platform.Tests.Core.Activations;

namespace Platform.Tests.Core.DueTimes;

public sealed class DueTimeReaderTests(LocalPostgres postgres) : IAsyncLifetime
{
    /// <summary>What an insert into the outbox needs besides what a test says.</summary>
    private const string NewEffect = "insert into outbox (id, tenant_id, kind, dedupe_key, payload, target, ordering_key, not_before, lease_owner, lease_until) values";

    private const string Given = "gen_random_uuid(), 'home', 'webhook', gen_random_uuid(), '{}'";

    private QueueHost? _host;

    private QueueHost Host => _host ?? throw new InvalidOperationException("The host is made in InitializeAsync.");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await QueueHost.StartAsync(postgres, Token);

    public async ValueTask DisposeAsync() => await (_host?.DisposeAsync() ?? ValueTask.CompletedTask);

    [Fact]
    public async Task Read_NewDatabase_OnlyLeadershipIsDue()
    {
        var time = Assert.Single(await new DueTimeReader(Host.Get<NpgsqlDataSource>()).ReadAsync(Token));

        Assert.Equal(new DueTime(DueArea.Leadership, true, null), time);
    }

    [Fact]
    public async Task Read_QueuedActivation_IsDue()
    {
        await Host.EnqueueOneAsync(Token);

        Assert.Equal(new DueTime(DueArea.Activations, true, null), await OfAsync(DueArea.Activations));
    }

    [Fact]
    public async Task Read_DeferredActivations_TheFirstIsNext()
    {
        var bot = await Host.BotAsync("bot", Token);
        var ids = await Host.EnqueueAsync(bot, await Host.ChannelsAsync(bot, 2, Token), Token);
        await ExecuteAsync($"update activations set not_before = now() + case id when '{ids[0]}' then interval '20 minutes' else interval '10 minutes' end");

        await IsNextAsync(DueArea.Activations, TimeSpan.FromMinutes(10), isDue: false);
    }

    [Fact]
    public async Task Read_DeferredActivationBehindOneThatIsDue_IsNext()
    {
        var bot = await Host.BotAsync("bot", Token);
        var ids = await Host.EnqueueAsync(bot, await Host.ChannelsAsync(bot, 2, Token), Token);
        await ExecuteAsync($"update activations set not_before = now() + interval '10 minutes' where id = '{ids[1]}'");

        await IsNextAsync(DueArea.Activations, TimeSpan.FromMinutes(10), isDue: true);
    }

    [Fact]
    public async Task Read_RunningActivation_IsLostWhenItsLeaseRunsOut()
    {
        await Host.EnqueueOneAsync(Token);
        await Host.Queue.ClaimWaitingAsync("w", 1, Token);
        await ExecuteAsync("update activations set lease_until = now() + interval '10 minutes'");

        Assert.Null(await FindAsync(DueArea.Activations));
        await IsNextAsync(DueArea.LostActivations, TimeSpan.FromMinutes(10), isDue: false);

        await ExecuteAsync("update activations set lease_until = now() - interval '1 second'");
        await EventuallyDueAsync(DueArea.LostActivations);
    }

    [Fact]
    public async Task Read_LeasesThatRanOutWhilePostgresWasAway_AreDueALeaseAfterItsStart()
    {
        await using var server = await PostgresServer.StartNewAsync(Token);
        await using var host = await QueueHost.StartAsync(server, Token);
        await host.EnqueueOneAsync(Token);
        await host.Queue.ClaimWaitingAsync("w", 1, Token);
        await host.Database.ExecuteAsync(
            $"update activations set lease_until = now() - interval '1 hour'; {NewEffect} ({Given}, 'a', null, now(), 'w', now() - interval '1 hour')", Token);
        await server.StopAsync();
        await server.StartAsync(Token);

        await using var source = NpgsqlDataSource.Create(host.Database.ConnectionString);
        var before = await host.Database.ScalarAsync<bool>("select now() - pg_postmaster_start_time() < interval '4 seconds'", Token);
        var times = await new DueTimeReader(source).ReadAsync(Token);

        Assert.SkipUnless(before, "The machine took longer than a lease to ask.");
        foreach (var area in (DueArea[])[DueArea.LostActivations, DueArea.Outbox])
        {
            var time = Assert.Single(times, time => time.Area == area);
            Assert.True(time is { IsDue: false, Next: { } next } && next <= TimeSpan.FromSeconds(4), time.ToString());
        }
    }

    [Fact]
    public async Task Read_EventWithoutANumber_IsDue()
    {
        await ExecuteAsync("insert into event_inbox (id, tenant_id, type, data) values (gen_random_uuid(), 'home', 'message.created', '{}')");

        Assert.True((await OfAsync(DueArea.Events)).IsDue);
    }

    [Fact]
    public async Task Read_EffectsOfAKeyBehindOneThatIsTriedAgainLater_AreDueWithIt()
    {
        await ExecuteAsync($"{NewEffect} ({Given}, 'a', 'a:1', now() + interval '10 minutes', null, null), ({Given}, 'a', 'a:1', now(), null, null)");

        await IsNextAsync(DueArea.Outbox, TimeSpan.FromMinutes(10), isDue: false);
    }

    [Fact]
    public async Task Read_EffectWithoutAKeyBesideARetry_IsDueAndTheRetryNext()
    {
        await ExecuteAsync($"{NewEffect} ({Given}, 'a', null, now() + interval '10 minutes', null, null), ({Given}, 'a', null, now(), null, null)");

        await IsNextAsync(DueArea.Outbox, TimeSpan.FromMinutes(10), isDue: true);
    }

    [Fact]
    public async Task Read_EffectUnderWay_IsDueWhenItsLeaseRunsOut()
    {
        await ExecuteAsync($"{NewEffect} ({Given}, 'a', 'a:1', now(), 'w', now() + interval '10 minutes'), ({Given}, 'a', 'a:1', now(), null, null)");

        await IsNextAsync(DueArea.Outbox, TimeSpan.FromMinutes(10), isDue: false);

        await ExecuteAsync("update outbox set lease_until = now() - interval '1 second' where lease_owner is not null");
        await EventuallyDueAsync(DueArea.Outbox);
    }

    [Theory]
    [InlineData("now() + interval '10 minutes'", "null", false)]
    [InlineData("now() - interval '1 second'", "null", true)]
    [InlineData("now() + interval '10 minutes'", "now()", true)]
    public async Task Read_Schedule_IsDueAtItsTimeOrWhenAskedFor(string nextRun, string askedAt, bool isDue)
    {
        await ScheduleAsync(nextRun, askedAt);

        await IsNextAsync(DueArea.Schedules, isDue ? null : TimeSpan.FromMinutes(10), isDue);
    }

    [Theory]
    // It runs; nothing is due before its worker is lost, whatever else waits for its end.
    [InlineData("'running', now(), now() + interval '10 minutes'", false, 600)]
    [InlineData("'running', now(), now() - interval '1 second'", true, null)]
    // It was given to the queue, and is given to it again after a minute.
    [InlineData("'waiting', now(), null", false, 60)]
    [InlineData("'waiting', now() - interval '61 seconds', null", true, null)]
    [InlineData("'waiting', null, null", true, null)]
    // An earlier leader gave it away, and may have lost it.
    [InlineData("'waiting', now() - interval '30 seconds', null", true, null)]
    public async Task Read_OpenRun_IsDueWhenItIsToBeBegunAgain(string state, bool isDue, int? nextSeconds)
    {
        await ExecuteAsync("update leaders set owner = 'w', since = now() - interval '20 seconds', until = now() + interval '10 minutes'");
        await ScheduleAsync("now() - interval '1 second'", "now()");
        await ExecuteAsync(
            $"insert into schedule_runs (schedule, number, due_at, cause, state, enqueued_at, lease_until) values ('tidy-up', 1, now(), 'due', {state})");

        await IsNextAsync(DueArea.Schedules, nextSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null, isDue);
    }

    [Fact]
    public async Task Read_LeadersLease_IsDueWhenItRunsOut()
    {
        await ExecuteAsync("update leaders set owner = 'w', until = now() + interval '10 minutes'");
        await IsNextAsync(DueArea.Leadership, TimeSpan.FromMinutes(10), isDue: false);

        await ExecuteAsync("update leaders set until = now() - interval '1 second'");
        Assert.True((await OfAsync(DueArea.Leadership)).IsDue);
    }

    [Theory]
    [InlineData("'waiting', null", true)]
    [InlineData("'running', now() + interval '10 minutes'", false)]
    [InlineData("'running', now() - interval '1 second'", true)]
    public async Task Read_Replay_IsDueWhenItWaitsOrLostItsWorker(string state, bool isDue)
    {
        await ExecuteAsync(
            $"""
            insert into replays (id, tenant_id, trace_id, llm_call_id, mode, asked_model, left_out, state, lease_until)
            values (gen_random_uuid(), 'home', gen_random_uuid(), gen_random_uuid(), 'live', 'm', array[]::text[], {state})
            """);

        await IsNextAsync(DueArea.Replays, isDue ? null : TimeSpan.FromMinutes(10), isDue);
    }

    /// <summary>The runner sleeps until it is told, so a claim must never find what the reader did not.</summary>
    [Fact]
    public async Task Read_AnyQueue_WhatAClaimTakesWasDue()
    {
        var random = new Random(12);
        var bot = await Host.BotAsync("bot", Token);
        var channels = await Host.ChannelsAsync(bot, 6, Token);
        for (var round = 0; round < 40; round++)
        {
            await Host.EnqueueAsync(bot, [channels[random.Next(channels.Count)]], Token);
            await ExecuteAsync($"update activations set not_before = now() + interval '1 minute' * {random.Next(-1, 2)} where state = 'queued' and random() < 0.3");
            var (target, key) = (random.Next(2), random.Next(3));
            await ExecuteAsync(
                $"""
                {NewEffect} ({Given}, 't{target}', {(key == 0 ? "null" : $"'t{target}:{key}'")}, now() + interval '1 minute' * {random.Next(-1, 2)}, null, null);
                update outbox set lease_until = now() + interval '1 minute' * {random.Next(-1, 2)} where lease_owner is not null and random() < 0.5
                """);

            var times = await new DueTimeReader(Host.Get<NpgsqlDataSource>()).ReadAsync(Token);
            var activations = await Host.Queue.ClaimWaitingAsync("w", 1, Token);
            var effects = await new Platform.Core.Outbox.OutboxQueue(Host.Get<NpgsqlDataSource>()).ClaimAsync("w", 1, 10, [], Token);

            Assert.True(activations.Count == 0 || times.Any(time => time is { Area: DueArea.Activations, IsDue: true }), $"activation of round {round}");
            Assert.True(effects.Count == 0 || times.Any(time => time is { Area: DueArea.Outbox, IsDue: true }), $"effect of round {round}");
        }
    }

    private Task ExecuteAsync(string sql) => Host.Database.ExecuteAsync(sql, Token);

    private Task ScheduleAsync(string nextRun, string askedAt) => ExecuteAsync(
        $"""
        insert into schedules (name, description, period, runs_in, max_attempts, next_run, asked_at)
        values ('tidy-up', 'Tidies up.', interval '1 hour', 'job', 3, {nextRun}, {askedAt})
        """);

    private async Task<DueTime?> FindAsync(DueArea area) =>
        (await new DueTimeReader(Host.Get<NpgsqlDataSource>()).ReadAsync(Token)).SingleOrDefault(time => time.Area == area);

    private async Task<DueTime> OfAsync(DueArea area) => await FindAsync(area) ?? throw new InvalidOperationException($"Nothing is said of {area}.");

    /// <summary>The time may be shorter by as long as the machine took to ask.</summary>
    private async Task IsNextAsync(DueArea area, TimeSpan? next, bool isDue)
    {
        var time = await OfAsync(area);
        Assert.Equal(isDue, time.IsDue);
        Assert.Equal(next is null, time.Next is null);
        Assert.True(time.Next is null || (time.Next <= next && time.Next > next - TestPlatform.Patience), $"{time.Next} instead of {next}");
    }

    private Task EventuallyDueAsync(DueArea area) => Eventually.TrueAsync(
        async token => (await OfAsync(area)).IsDue, TestPlatform.Patience, $"{area} is due; Postgres may have started a moment ago");
}
