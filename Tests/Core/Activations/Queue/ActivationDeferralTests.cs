using Platform.Contracts.EventLog;
using Platform.Core.Activations.Queue;
using Platform.Core.Models.Calls;
using Platform.Core.Runs;

namespace Platform.Tests.Core.Activations.Queue;

public sealed class ActivationDeferralTests(LocalPostgres postgres)
{
    private static readonly ModelCallResult FailedCall = new()
    {
        Model = "test-model",
        StartedAt = DateTimeOffset.UnixEpoch,
        Error = new ModelError("rate_limited", "Slow down."),
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Defer_NewestClaim_IsQueuedForLaterAndTold()
    {
        await using var host = await QueueHost.StartAsync(postgres, Token);
        var claim = await ClaimAsync(host);

        Assert.True(await host.Get<ActivationDeferral>().DeferAsync(claim, FailedCall, TimeSpan.FromMinutes(4), Token));

        Assert.Equal("queued 1 rate_limited nobody", await host.Database.ScalarAsync<string>(
            "select state || ' ' || deferrals || ' ' || deferred_reason || ' ' || coalesce(lease_owner, 'nobody') from activations", Token));
        Assert.True(await host.Database.ScalarAsync<bool>(
            $"""
            select a.not_before > now() + interval '3 minutes' and e.type = '{EventTypes.ActivationDeferred}' and e.activation_id = a.id
                and e.activation_fence = a.lease_fence and (e.data ->> 'not_before')::timestamptz = a.not_before and e.xmin = a.xmin
            from activations a, event_inbox e
            """,
            Token));
        Assert.Empty(await host.Queue.ClaimWaitingAsync("w", 1, Token));
    }

    [Fact]
    public async Task Defer_TakenOverMeanwhile_ChangesAndTellsNothing()
    {
        await using var host = await QueueHost.StartAsync(postgres, Token);
        var claim = await ClaimAsync(host);
        await host.Database.ExecuteAsync("update activations set lease_fence = lease_fence + 1", Token);

        Assert.False(await host.Get<ActivationDeferral>().DeferAsync(claim, FailedCall, TimeSpan.FromMinutes(4), Token));

        Assert.Equal("running", await host.StateAsync(claim.Id, Token));
        Assert.Equal(0, await host.Database.ScalarAsync<long>("select (select count(*) from event_inbox) + (select count(*) from deferred_calls)", Token));
    }

    [Fact]
    public async Task Defer_SomebodyWantsItStopped_IsClaimedAtOnceToBeStopped()
    {
        await using var host = await QueueHost.StartAsync(postgres, Token);
        var claim = await ClaimAsync(host);
        await host.Database.ExecuteAsync("update activations set cancel_requested_by = 'you'", Token);

        Assert.True(await host.Get<ActivationDeferral>().DeferAsync(claim, FailedCall, TimeSpan.FromMinutes(4), Token));

        Assert.Equal("you", Assert.Single(await host.Queue.ClaimWaitingAsync("w", 1, Token)).CancelRequestedBy);
    }

    private static async Task<ActivationClaim> ClaimAsync(QueueHost host)
    {
        await host.EnqueueOneAsync(Token);
        return Assert.Single(await host.Queue.ClaimWaitingAsync("w", 1, Token));
    }
}
