using Platform.Core.Activations.Queue;


namespace Platform.Tests.Core.Activations.Queue;

public sealed class LeaseKeeperTests(LocalPostgres postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hold_LeaseAlmostOver_IsRenewed()
    {
        await using var host = await QueueHost.StartAsync(postgres, Token);
        var lease = await HoldAsync(host);
        await host.Database.ExecuteAsync("update activations set lease_until = now() - interval '1 second'", Token);

        await Eventually.TrueAsync(
            token => host.Database.ScalarAsync<bool>("select lease_until > now() from activations", token), TestPlatform.Patience, "it is renewed");

        Assert.False(lease.Lost.IsCancellationRequested);
        Assert.False(lease.Cancelled.IsCancellationRequested);
    }

    [Theory]
    [InlineData("lease_fence = lease_fence + 1")]
    [InlineData("state = 'queued'")]
    public async Task Hold_SomebodyElsesByNow_IsLostAndNotRenewed(string change)
    {
        await using var host = await QueueHost.StartAsync(postgres, Token);
        var lease = await HoldAsync(host);
        await host.Database.ExecuteAsync($"update activations set lease_until = '2000-01-01', {change}", Token);

        await Eventually.TrueAsync(() => lease.Lost.IsCancellationRequested, TestPlatform.Patience, "it is lost");

        Assert.True(await host.Database.ScalarAsync<bool>("select lease_until < now() from activations", Token));
    }

    [Fact]
    public async Task RenewSoon_SomebodyWantsItStopped_IsCancelledByThem()
    {
        await using var host = await QueueHost.StartAsync(postgres, Token);
        var lease = await HoldAsync(host);
        await host.Database.ExecuteAsync("update activations set cancel_requested_by = 'you'", Token);

        host.Get<LeaseKeeper>().RenewSoon(lease.Claim.Id);

        await Eventually.TrueAsync(() => lease.Cancelled.IsCancellationRequested, TestPlatform.Patience, "it is cancelled");
        Assert.Equal("you", lease.CancelledBy);
        Assert.False(lease.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task Hold_ClaimThatSomebodyWantsStopped_IsCancelledFromTheStart()
    {
        await using var host = await QueueHost.StartAsync(postgres, Token);
        await host.EnqueueOneAsync(Token);
        await host.Database.ExecuteAsync("update activations set cancel_requested_by = 'you'", Token);

        var lease = host.Get<LeaseKeeper>().Hold(Assert.Single(await host.Queue.ClaimWaitingAsync("w", 1, Token)));

        Assert.Equal("you", lease.CancelledBy);
        Assert.True(lease.Cancelled.IsCancellationRequested);
    }

    private static async Task<HeldLease> HoldAsync(QueueHost host)
    {
        await host.EnqueueOneAsync(Token);
        return host.Get<LeaseKeeper>().Hold(Assert.Single(await host.Queue.ClaimWaitingAsync("w", 1, Token)));
    }
}
