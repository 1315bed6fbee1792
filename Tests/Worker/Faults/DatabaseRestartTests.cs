using System.Diagnostics;
using Platform.Contracts.Activations;
using Platform.Contracts.Channels;
using Platform.Contracts.Conversations;
using Platform.Core.Activations.Queue;
using Platform.Tests.Chaos;

namespace Platform.Tests.Worker.Faults;

[Collection(ChaosCollection.Name)]
[Trait("Category", "Chaos")]
public sealed class DatabaseRestartTests(LocalRedis redis)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("while Postgres is away")]
    [InlineData("after Postgres is back")]
    public async Task Restart_InMidAnswer_TheAnswerIsStoredOnce(string modelEnds)
    {
        await using var postgres = await PostgresServer.StartNewAsync(Token);
        // Looked for abandoned work as often as allowed: the worker must not find its own.
        await using var platform = await TestPlatform.StartAsync(
            postgres, await redis.ConnectionStringAsync(Token), Token, settings => settings["Activations__SweepInterval"] = "00:00:00.1");
        var conversation = await platform.ConverseAsync("talker", Token);
        var gate = new ModelGate();
        platform.Models.Enqueue(ModelReply.Held(gate, "The tide", " turns at six."));
        var posted = await platform.PostAsync(conversation.Id, "When does the tide turn?", Token);
        await gate.Reached.WaitAsync(TestPlatform.Patience, Token);

        await postgres.KillAsync();
        var away = Stopwatch.StartNew();
        if (modelEnds == "while Postgres is away")
        {
            gate.Open();
            await SaysAsync(platform, $"The result of activation {posted.ActivationId} could not be stored yet");
        }

        await SaysAsync(platform, "leases could not be renewed");
        await Eventually.TrueAsync(() => away.Elapsed > ActivationQueue.Lease, TestPlatform.Patience, "the lease has run out");
        await postgres.StartAsync(Token);
        await platform.Api.WaitUntilReadyAsync(TestPlatform.Patience, Token);
        await platform.Worker.WaitUntilReadyAsync(TestPlatform.Patience, Token);
        if (modelEnds == "after Postgres is back")
        {
            await LeaseIsRenewedAsync(platform, posted);
            gate.Open();
        }

        var activation = await platform.EndOfAsync(posted.ActivationId, Token);
        Assert.Equal((ActivationState.Answered, 1), (activation.State, activation.Attempt));
        var answer = Assert.Single(await platform.MessagesAsync(conversation.Id, Token), message => message.Role == MessageRole.Assistant);
        Assert.Equal("The tide turns at six.", answer.Content);
        Assert.Single(platform.Models.Requests);
        Assert.Equal(1, await platform.Database.ScalarAsync<long>($"select count(*) from traces where activation_id = '{posted.ActivationId}'", Token));
        Assert.Equal(0, await platform.Database.ScalarAsync<long>("select count(*) from generations", Token));
    }

    private static Task SaysAsync(TestPlatform platform, string text) => Eventually.TrueAsync(
        () => platform.Worker.Log.Contains(text, StringComparison.Ordinal), TestPlatform.Patience, $"the worker says '{text}'");

    private static Task LeaseIsRenewedAsync(TestPlatform platform, PostMessageResponse posted) => Eventually.TrueAsync(
        async token => await platform.Database.ScalarAsync<bool>($"select lease_until > now() from activations where id = '{posted.ActivationId}'", token),
        TestPlatform.Patience,
        "the lease is renewed");
}
