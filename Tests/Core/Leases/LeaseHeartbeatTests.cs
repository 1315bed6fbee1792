using System.Collections.Concurrent;
using Npgsql;
using Platform.Core.Leases;

namespace Platform.Tests.Core.Leases;

public sealed class LeaseHeartbeatTests
{
    private static readonly TimeSpan Never = TimeSpan.FromHours(1);
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(5);

    private readonly ConcurrentQueue<(string Key, long Fence)> _losses = new();
    private volatile HashSet<string> _renewable = ["a", "b"];
    private volatile bool _isAway;
    private int _renewals;

    private int Renewals => Volatile.Read(ref _renewals);

    [Fact]
    public async Task BeatSoon_NextBeatIsFarAway_RenewsNow()
    {
        using var beat = Beat(Never);
        beat.Hold("a", 1);

        beat.RenewSoon();

        await Eventually.TrueAsync(() => Renewals == 1, TestPlatform.Patience, "it renewed");
    }

    [Fact]
    public async Task Renew_OneIsSomebodyElses_OnlyThatIsLost()
    {
        using var beat = Beat(Often);
        var (a, b) = (beat.Hold("a", 1), beat.Hold("b", 7));

        _renewable = ["a"];

        await Eventually.TrueAsync(() => b.IsCancellationRequested, TestPlatform.Patience, "b is lost");
        Assert.False(a.IsCancellationRequested);
        Assert.All(_losses, loss => Assert.Equal(("b", 7), loss));
    }

    [Fact]
    public async Task Renew_DatabaseIsAway_NothingIsLostAndItSaysSoUntilItIsBack()
    {
        using var beat = Beat(Often);
        var a = beat.Hold("a", 1);

        _isAway = true;
        await Eventually.TrueAsync(() => !beat.IsRenewing, TestPlatform.Patience, "it noticed");
        Assert.False(a.IsCancellationRequested);
        _isAway = false;

        await Eventually.TrueAsync(() => beat.IsRenewing, TestPlatform.Patience, "it goes on");
        Assert.False(a.IsCancellationRequested);
    }

    [Fact]
    public async Task Hold_NewerOfTheSameKey_TheOlderIsLostAndItsReleaseChangesNothing()
    {
        using var beat = Beat(Never);
        var older = beat.Hold("a", 1);
        var newer = beat.Hold("a", 2);

        beat.Release("a", 1);
        beat.RenewSoon();

        await Eventually.TrueAsync(() => Renewals == 1, TestPlatform.Patience, "the newer one is still renewed");
        Assert.True(older.IsCancellationRequested);
        Assert.False(newer.IsCancellationRequested);
    }

    [Fact]
    public async Task Release_BeforeTheBeat_IsNoLoss()
    {
        using var beat = Beat(Often);
        var a = beat.Hold("a", 1);
        beat.Hold("b", 1);

        beat.Release("a", 1);
        _renewable = ["b"];
        var seen = Renewals;

        await Eventually.TrueAsync(() => Renewals > seen + 2, TestPlatform.Patience, "it beats");
        Assert.False(a.IsCancellationRequested);
        Assert.Empty(_losses);
    }

    /// <summary>Finished work: its row is no claim any more, and its release follows.</summary>
    [Fact]
    public async Task Release_RightAfterAMissedRenewal_IsNoLoss()
    {
        using var beat = Beat(Often, TimeSpan.FromSeconds(2));
        _renewable = ["b"];
        beat.Hold("b", 1);
        beat.Hold("a", 1);

        await Eventually.TrueAsync(() => Renewals == 1, TestPlatform.Patience, "it was missed");
        beat.Release("a", 1);

        await Eventually.TrueAsync(() => Renewals > 3, TestPlatform.Patience, "it beats");
        Assert.Empty(_losses);
    }

    [Fact]
    public async Task Lost_WhatFollowsTakesLong_TheOtherLeasesAreRenewedMeanwhile()
    {
        using var go = new ManualResetEventSlim();
        using var beat = Beat(Often);
        beat.Hold("a", 1);
        var b = beat.Hold("b", 1);
        await using var slow = b.Register(() => go.Wait(TestPlatform.Patience));

        _renewable = ["a"];
        await Eventually.TrueAsync(() => b.IsCancellationRequested, TestPlatform.Patience, "b is lost");
        var seen = Renewals;

        await Eventually.TrueAsync(() => Renewals > seen + 1, TestPlatform.Patience, "it beats on");
        go.Set();
    }

    private LeaseHeartbeat<string> Beat(TimeSpan every, TimeSpan? releaseTime = null) =>
        new("test-leases", every, Renew, (_, _) => { }, (key, fence) => _losses.Enqueue((key, fence)), releaseTime);

    private HashSet<string> Renew(IReadOnlyList<(string Key, long Fence)> leases)
    {
        Interlocked.Increment(ref _renewals);
        return _isAway
            ? throw new NpgsqlException("away")
            : [.. leases.Select(lease => lease.Key).Where(_renewable.Contains)];
    }
}
