using Platform.Core.Traces;

namespace Platform.Tests.Core.Activations.Completion;

public sealed class SilentCompletionTests(LocalPostgres postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Complete_Batch_StoresStateTraceAndDocumentOfEach()
    {
        await using var host = await QueueHost.StartAsync(postgres, Token);
        var bot = await host.BotAsync("bot", Token);
        await host.EnqueueAsync(bot, await host.ChannelsAsync(bot, 10, Token), Token);
        var claims = await host.Queue.ClaimWaitingAsync("w", 10, Token);

        Assert.Equal(10, (await host.EndSilentAsync(claims, Token)).Count);

        Assert.Equal(10, await host.Database.ScalarAsync<long>(
            """
            select count(*) from activations a
            join traces t on t.activation_id = a.id and t.outcome = 'silent' and t.silent_reason = 'may_speak' and t.bot = 'bot'
            join trace_documents d on d.trace_id = t.id and d.stored_day = t.document_day
            where a.state = 'silent' and a.finished_at is not null and a.lease_until is null
            """,
            Token));
        var content = await host.Database.ScalarAsync<byte[]>("select content from trace_documents order by trace_id limit 1", Token);
        var size = await host.Database.ScalarAsync<int>("select size_bytes from trace_documents order by trace_id limit 1", Token);
        Assert.Contains("\"state\": \"silent\"", System.Text.Encoding.UTF8.GetString(CompressedContent.Expand(content!, size)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Complete_OneTakenOverMeanwhile_TheOthersAreStoredAndItLeavesNothing()
    {
        await using var host = await QueueHost.StartAsync(postgres, Token);
        var bot = await host.BotAsync("bot", Token);
        await host.EnqueueAsync(bot, await host.ChannelsAsync(bot, 3, Token), Token);
        var claims = await host.Queue.ClaimWaitingAsync("w", 3, Token);
        await host.Database.ExecuteAsync($"update activations set lease_fence = lease_fence + 1 where id = '{claims[1].Id}'", Token);

        var ended = await host.EndSilentAsync(claims, Token);

        Assert.Equal([claims[0].Id, claims[2].Id], ended.Order());
        Assert.Equal("running", await host.StateAsync(claims[1].Id, Token));
        Assert.Equal(0, await host.Database.ScalarAsync<long>($"select count(*) from traces where activation_id = '{claims[1].Id}'", Token));
        Assert.Equal(2, await host.Database.ScalarAsync<long>("select count(*) from trace_documents", Token));
    }
}
