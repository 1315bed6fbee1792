namespace Platform.Tests.Core.Outbox;

public sealed class OutboxQueueTests(LocalPostgres postgres) : IAsyncLifetime
{
    private OutboxWorld world = null!; // Set before each test.

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => world = await OutboxWorld.CreateAsync(postgres);

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Claim_EffectsOfOneKey_AreHandedOutOneAtATimeInOrder()
    {
        var first = await world.PutAsync("a", "a:1");
        var second = await world.PutAsync("a", "a:1");
        var other = await world.PutAsync("a", "a:2");

        var claims = await world.ClaimAsync();
        Assert.Equal([first, other], claims.Select(claim => claim.Id));
        Assert.Empty(await world.ClaimAsync());

        Assert.True(await world.Recorder.DeliveredAsync(claims[0], Token));
        Assert.Equal(second, Assert.Single(await world.ClaimAsync()).Id);
    }

    [Fact]
    public async Task Claim_HeadWaitsForItsRetry_HoldsUpItsKeyOnly()
    {
        await world.PutAsync("a", "a:1");
        await world.PutAsync("a", "a:1");
        var head = Assert.Single(await world.ClaimAsync());

        Assert.True(await world.Recorder.RetryAsync(head, "no", TimeSpan.FromMinutes(5), Token));
        var other = await world.PutAsync("a", "a:2");

        Assert.Equal(other, Assert.Single(await world.ClaimAsync()).Id);
    }

    [Fact]
    public async Task Claim_LateRowWithASmallerNumber_WaitsForTheOneUnderWay()
    {
        await world.PutAsync("a", "a:1");
        Assert.Single(await world.ClaimAsync());
        await world.PutAsync("a", "a:1");
        await world.ExecuteAsync("update outbox set sequence = default where lease_owner is not null");
        var other = await world.PutAsync("a", "a:2");

        // The database itself lets only one of a key be under way; the queue must not even run into that.
        Assert.Equal(other, Assert.Single(await world.ClaimAsync()).Id);
    }

    [Fact]
    public async Task Claim_LateRowWithASmallerNumberAndADeadRelay_TheKeyGoesOn()
    {
        var late = await world.PutAsync("a", "a:1");
        await world.ExecuteAsync("update outbox set not_before = now() + interval '1 hour'");
        var underWay = await world.PutAsync("a", "a:1");
        await world.ExecuteAsync($"update outbox set lease_owner = 'dead', lease_fence = 1, lease_until = now() - interval '1 minute' where id = '{underWay}'");
        await world.ExecuteAsync("update outbox set not_before = now()");

        var again = Assert.Single(await world.ClaimAsync());
        Assert.Equal(underWay, again.Id);
        Assert.True(await world.Recorder.DeliveredAsync(again, Token));
        Assert.Equal(late, Assert.Single(await world.ClaimAsync()).Id);
    }

    [Fact]
    public async Task Claim_EightRelaysAtOnce_EachEffectGoesToOne()
    {
        for (var number = 0; number < 60; number++)
        {
            await world.PutAsync($"t{number % 3}", number % 2 == 0 ? $"t{number % 3}:{number % 5}" : null);
        }

        var claimed = await Task.WhenAll(Enumerable.Range(0, 8).Select(relay => Task.Run(() => world.ClaimAsync($"relay-{relay}", 10))));

        var ids = claimed.SelectMany(claims => claims).Select(claim => claim.Id).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.NotEmpty(ids);
    }

    [Fact]
    public async Task Claim_OneBusyTarget_LeavesRoomForTheOthers()
    {
        for (var number = 0; number < 20; number++)
        {
            await world.PutAsync("busy");
        }

        var quiet = await world.PutAsync("quiet");

        var first = await world.ClaimAsync(count: 4, perTarget: 3);
        Assert.Contains(quiet, first.Select(claim => claim.Id));
        Assert.Equal(3, first.Count(claim => claim.Target == "busy"));
        Assert.Empty(await world.ClaimAsync(count: 4, perTarget: 3));
    }

    [Fact]
    public async Task Claim_LeaseRanOut_IsTakenOverAndTheOldHolderChangesNothing()
    {
        await world.PutAsync("a", "a:1");
        var paused = Assert.Single(await world.ClaimAsync("paused"));
        await world.ExpireAsync();
        var newest = Assert.Single(await world.ClaimAsync("newest"));

        Assert.False(await world.Recorder.DeliveredAsync(paused, Token));
        Assert.False(await world.Recorder.DeadLetterAsync(paused, "too late", disable: false, Token));
        Assert.False(await world.Recorder.RetryAsync(paused, "too late", TimeSpan.Zero, Token));
        Assert.False(await world.Recorder.HandBackAsync(paused, Token));
        Assert.Empty(world.Queue.Renew([(paused.Id, paused.Fence)]));
        Assert.Equal("newest", await world.ScalarAsync<string>("select lease_owner from outbox"));
        Assert.Equal(0L, await world.ScalarAsync<long>("select count(*) from dead_letters"));

        Assert.Single(world.Queue.Renew([(newest.Id, newest.Fence)]));
        Assert.True(await world.Recorder.DeliveredAsync(newest, Token));
    }

    [Fact]
    public async Task Claim_WhatTheCallerStillHolds_IsNotTakenFromItself()
    {
        await world.PutAsync("a");
        var own = Assert.Single(await world.ClaimAsync());
        await world.ExpireAsync();

        Assert.Empty(await world.Queue.ClaimAsync("one", 10, 10, [own.Id], Token));
    }

    [Fact]
    public async Task Put_SameDedupeKeyForATarget_IsOneEffect()
    {
        await world.PutAsync("a", dedupeKey: "k");
        await world.PutAsync("a", dedupeKey: "k");
        await world.PutAsync("b", dedupeKey: "k");

        Assert.Equal(2L, await world.ScalarAsync<long>("select count(*) from outbox"));
    }

    [Fact]
    public async Task HandBack_AClaim_IsFreeAtOnceAndNoTry()
    {
        await world.PutAsync("a", "a:1");
        var claim = Assert.Single(await world.ClaimAsync());

        Assert.True(await world.Recorder.HandBackAsync(claim, Token));

        Assert.Equal(0, Assert.Single(await world.ClaimAsync()).Attempt);
    }
}
