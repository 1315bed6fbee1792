namespace Platform.Tests.Core.Outbox;

public sealed class OutboxQueueTests(LocalPostgres postgres) : IAsyncLifetime
{
    private OutboxWorld _world = null!; // Set before each test.

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _world = await OutboxWorld.CreateAsync(postgres);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Claim_EffectsOfOneKey_AreHandedOutOneAtATimeInOrder()
    {
        var first = await _world.PutAsync("a", "a:1");
        var second = await _world.PutAsync("a", "a:1");
        var other = await _world.PutAsync("a", "a:2");

        var claims = await _world.ClaimAsync();
        Assert.Equal([first, other], claims.Select(claim => claim.Id));
        Assert.Empty(await _world.ClaimAsync());

        Assert.True(await _world.Recorder.DeliveredAsync(claims[0], Token));
        Assert.Equal(second, Assert.Single(await _world.ClaimAsync()).Id);
    }

    [Fact]
    public async Task Claim_HeadWaitsForItsRetry_HoldsUpItsKeyOnly()
    {
        await _world.PutAsync("a", "a:1");
        await _world.PutAsync("a", "a:1");
        var head = Assert.Single(await _world.ClaimAsync());

        Assert.True(await _world.Recorder.RetryAsync(head, "no", TimeSpan.FromMinutes(5), counts: true, Token));
        var other = await _world.PutAsync("a", "a:2");

        Assert.Equal(other, Assert.Single(await _world.ClaimAsync()).Id);
    }

    [Fact]
    public async Task Claim_LateRowWithASmallerNumber_WaitsForTheOneUnderWay()
    {
        await _world.PutAsync("a", "a:1");
        Assert.Single(await _world.ClaimAsync());
        await _world.PutAsync("a", "a:1");
        await _world.ExecuteAsync("update outbox set sequence = default where lease_owner is not null");
        var other = await _world.PutAsync("a", "a:2");

        // The database itself lets only one of a key be under way; the queue must not even run into that.
        Assert.Equal(other, Assert.Single(await _world.ClaimAsync()).Id);
    }

    [Fact]
    public async Task Claim_LateRowWithASmallerNumberAndADeadRelay_TheKeyGoesOn()
    {
        var late = await _world.PutAsync("a", "a:1");
        await _world.ExecuteAsync("update outbox set not_before = now() + interval '1 hour'");
        var underWay = await _world.PutAsync("a", "a:1");
        await _world.ExecuteAsync($"update outbox set lease_owner = 'dead', lease_fence = 1, lease_until = now() - interval '1 minute' where id = '{underWay}'");
        await _world.ExecuteAsync("update outbox set not_before = now()");

        var again = Assert.Single(await _world.ClaimAsync());
        Assert.Equal(underWay, again.Id);
        Assert.True(await _world.Recorder.DeliveredAsync(again, Token));
        Assert.Equal(late, Assert.Single(await _world.ClaimAsync()).Id);
    }

    [Fact]
    public async Task Claim_EightRelaysAtOnce_EachEffectGoesToOne()
    {
        for (var number = 0; number < 60; number++)
        {
            await _world.PutAsync($"t{number % 3}", number % 2 == 0 ? $"t{number % 3}:{number % 5}" : null);
        }

        var claimed = await Task.WhenAll(Enumerable.Range(0, 8).Select(relay => Task.Run(() => _world.ClaimAsync($"relay-{relay}", 10))));

        var ids = claimed.SelectMany(claims => claims).Select(claim => claim.Id).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.NotEmpty(ids);
    }

    [Fact]
    public async Task Claim_OneBusyTarget_LeavesRoomForTheOthers()
    {
        for (var number = 0; number < 20; number++)
        {
            await _world.PutAsync("busy");
        }

        var quiet = await _world.PutAsync("quiet");

        var first = await _world.ClaimAsync(count: 4, perTarget: 3);
        Assert.Contains(quiet, first.Select(claim => claim.Id));
        Assert.Equal(3, first.Count(claim => claim.Target == "busy"));
        Assert.Empty(await _world.ClaimAsync(count: 4, perTarget: 3));
    }

    [Fact]
    public async Task Claim_LeaseRanOut_IsTakenOverAndTheOldHolderChangesNothing()
    {
        await _world.PutAsync("a", "a:1");
        var paused = Assert.Single(await _world.ClaimAsync("paused"));
        await _world.ExpireAsync();
        var newest = Assert.Single(await _world.ClaimAsync("newest"));

        Assert.False(await _world.Recorder.DeliveredAsync(paused, Token));
        Assert.False(await _world.Recorder.DeadLetterAsync(paused, "too late", "too late", disable: false, Token));
        Assert.False(await _world.Recorder.RetryAsync(paused, "too late", TimeSpan.Zero, counts: true, Token));
        Assert.False(await _world.Recorder.HandBackAsync(paused, Token));
        Assert.Empty(_world.Queue.Renew([(paused.Id, paused.Fence)]));
        Assert.Equal("newest", await _world.ScalarAsync<string>("select lease_owner from outbox"));
        Assert.Equal(0L, await _world.ScalarAsync<long>("select count(*) from dead_letters"));

        Assert.Single(_world.Queue.Renew([(newest.Id, newest.Fence)]));
        Assert.True(await _world.Recorder.DeliveredAsync(newest, Token));
    }

    [Fact]
    public async Task Claim_WhatTheCallerStillHolds_IsNotTakenFromItself()
    {
        await _world.PutAsync("a");
        var own = Assert.Single(await _world.ClaimAsync());
        await _world.ExpireAsync();

        Assert.Empty(await _world.Queue.ClaimAsync("one", 10, 10, [own.Id], Token));
    }

    [Fact]
    public async Task Put_SameDedupeKeyForATarget_IsOneEffect()
    {
        await _world.PutAsync("a", dedupeKey: "k");
        await _world.PutAsync("a", dedupeKey: "k");
        await _world.PutAsync("b", dedupeKey: "k");

        Assert.Equal(2L, await _world.ScalarAsync<long>("select count(*) from outbox"));
    }

    [Fact]
    public async Task HandBack_AClaim_IsFreeAtOnceAndNoTry()
    {
        await _world.PutAsync("a", "a:1");
        var claim = Assert.Single(await _world.ClaimAsync());

        Assert.True(await _world.Recorder.HandBackAsync(claim, Token));

        Assert.Equal(0, Assert.Single(await _world.ClaimAsync()).Attempt);
    }
}
