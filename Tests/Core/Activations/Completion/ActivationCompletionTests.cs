using Platform.Contracts.Activations;
using Platform.Core.Activations.Completion;
using Platform.Core.Activations.Context;
using Platform.Core.Models.Calls;
using Platform.Core.Runs;

namespace Platform.Tests.Core.Activations.Completion;

public sealed class ActivationCompletionTests(LocalPostgres postgres)
{
    private const string Leftovers =
        "select (select count(*) from messages) + (select count(*) from traces) + (select count(*) from trace_documents) + (select count(*) from event_inbox)";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Complete_NewestClaim_StoresOnceHoweverOftenItIsTried()
    {
        await using var host = await QueueHost.StartAsync(postgres, Token);
        await host.EnqueueOneAsync(Token);
        var record = await AnsweredAsync(host);

        Assert.True(await host.Get<ActivationCompletion>().CompleteAsync(record, Token));
        Assert.False(await host.Get<ActivationCompletion>().CompleteAsync(record, Token));

        Assert.Equal("answered", await host.StateAsync(record.Claim.Id, Token));
        Assert.Equal(5, await host.Database.ScalarAsync<long>(Leftovers, Token));
    }

    [Theory]
    [InlineData("lease_fence = lease_fence + 1")]
    [InlineData("state = 'queued'")]
    public async Task Complete_SomebodyElsesByNow_LeavesNothing(string change)
    {
        await using var host = await QueueHost.StartAsync(postgres, Token);
        await host.EnqueueOneAsync(Token);
        var record = await AnsweredAsync(host);
        await host.Database.ExecuteAsync($"update activations set {change}", Token);

        Assert.False(await host.Get<ActivationCompletion>().CompleteAsync(record, Token));

        Assert.Equal(0, await host.Database.ScalarAsync<long>(Leftovers, Token));
        Assert.NotEqual("answered", await host.StateAsync(record.Claim.Id, Token));
    }

    [Fact]
    public async Task CompleteUnclaimed_ClaimedMeanwhile_LeavesNothing()
    {
        await using var host = await QueueHost.StartAsync(postgres, Token);
        await host.EnqueueOneAsync(Token);
        var record = await AnsweredAsync(host) with { State = ActivationState.Cancelled, AnswerMessageId = null };

        Assert.False(await host.Get<ActivationCompletion>().CompleteUnclaimedAsync(record, Token));

        Assert.Equal("running", await host.StateAsync(record.Claim.Id, Token));
    }

    private static async Task<RunRecord> AnsweredAsync(QueueHost host)
    {
        var claim = Assert.Single(await host.Queue.ClaimWaitingAsync("w", 1, Token));
        var facts = await host.Get<ActivationFactsReader>().ReadAsync([claim], Token);
        return facts[claim.Id].Begin(claim, "test", TimeProvider.System) with
        {
            State = ActivationState.Answered,
            AnswerMessageId = Guid.CreateVersion7(),
            Text = "Yes.",
            Calls = [new ModelCallResult { Model = "test-model", StartedAt = DateTimeOffset.UnixEpoch }],
        };
    }
}
