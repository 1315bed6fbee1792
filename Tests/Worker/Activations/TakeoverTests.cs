using Platform.Contracts.Activations;
using Platform.Contracts.Channels;
using Platform.Contracts.Conversations;
using Platform.Tests.Chaos;

namespace Platform.Tests.Worker.Activations;

[Collection(ChaosCollection.Name)]
[Trait("Category", "Chaos")]
public sealed class TakeoverTests(LocalPostgres postgres, LocalRedis redis)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kill9InMidAnswer_AnotherWorker_AnswersOnceAndTheFollowerStartsOver()
    {
        await using var platform = await TestPlatform.StartAsync(postgres, await redis.ConnectionStringAsync(Token), Token);
        var conversation = await platform.ConverseAsync("talker", Token);
        var gate = new ModelGate();
        platform.Models.Enqueue(ModelReply.Held(gate, "I will", " never be finished"), ModelReply.Answer("Now", " it", " is", " said."));
        using var stream = await platform.OpenStreamAsync(conversation.Id, "0", Token);
        var posted = await platform.PostAsync(conversation.Id, "Say something.", Token);
        await gate.Reached.WaitAsync(TestPlatform.Patience, Token);
        await EventuallyWrittenAsync(platform, posted);
        await platform.AddHostAsync("Worker", Token);

        await platform.Worker.KillAsync();
        var activation = await platform.EndOfAsync(posted.ActivationId, Token);
        var events = await SseReader.ReadUntilAsync(stream, StreamEvents.Done, Token);

        Assert.Equal((ActivationState.Answered, 2), (activation.State, activation.Attempt));
        var answer = Assert.Single(await platform.MessagesAsync(conversation.Id, Token), message => message.Role == MessageRole.Assistant);
        Assert.Equal("Now it is said.", answer.Content);
        Assert.Single(events, one => one.Event == StreamEvents.GenerationRestarted);
        Assert.Equal(1, await platform.Database.ScalarAsync<long>($"select count(*) from traces where activation_id = '{posted.ActivationId}'", Token));
    }

    [Fact]
    public async Task LeaseRunsOutWhileItsWorkerLives_TheWorkerGoesOn()
    {
        await using var platform = await TestPlatform.StartAsync(postgres, await redis.ConnectionStringAsync(Token), Token);
        var conversation = await platform.ConverseAsync("talker", Token);
        var gate = new ModelGate();
        platform.Models.Enqueue(ModelReply.Held(gate, "One", " answer"), ModelReply.Answer("Another answer"));
        var posted = await platform.PostAsync(conversation.Id, "Say something.", Token);
        await gate.Reached.WaitAsync(TestPlatform.Patience, Token);

        // As after an absence of the database; several times, since the sweep and the heartbeat race.
        for (var time = 0; time < 5; time++)
        {
            await platform.Database.ScalarAsync<long>(
                $"with ended as (update activations set lease_until = now() - interval '1 second' where id = '{posted.ActivationId}' returning 1) select count(*) from ended", Token);
            await Eventually.TrueAsync(
                token => platform.Database.ScalarAsync<bool>($"select lease_until > now() from activations where id = '{posted.ActivationId}'", token),
                TestPlatform.Patience,
                "the lease is renewed");
        }

        gate.Open();
        var activation = await platform.EndOfAsync(posted.ActivationId, Token);

        Assert.Equal((ActivationState.Answered, 1), (activation.State, activation.Attempt));
    }

    [Fact]
    public async Task PausedPastItsLease_StaleWorker_CanFinishNothing()
    {
        await using var platform = await TestPlatform.StartAsync(postgres, await redis.ConnectionStringAsync(Token), Token);
        var conversation = await platform.ConverseAsync("talker", Token);
        var gate = new ModelGate();
        platform.Models.Enqueue(ModelReply.Held(gate, "The stale", " answer"), ModelReply.Answer("The fresh answer"));
        var posted = await platform.PostAsync(conversation.Id, "Say something.", Token);
        await gate.Reached.WaitAsync(TestPlatform.Patience, Token);
        await platform.AddHostAsync("Worker", Token);

        platform.Worker.Pause();
        var activation = await platform.EndOfAsync(posted.ActivationId, Token);
        gate.Open();
        platform.Worker.Resume();
        await Eventually.TrueAsync(
            () => platform.Worker.Log.Contains("taken over", StringComparison.Ordinal) || platform.Worker.Log.Contains("newer claim", StringComparison.Ordinal),
            TestPlatform.Patience,
            "the stale worker notices");

        Assert.Equal(2, activation.Attempt);
        var answer = Assert.Single(await platform.MessagesAsync(conversation.Id, Token), message => message.Role == MessageRole.Assistant);
        Assert.Equal("The fresh answer", answer.Content);
    }

    [Fact]
    public async Task Sigterm_RunningAnswer_IsFinishedFirst()
    {
        await using var platform = await TestPlatform.StartAsync(postgres, await redis.ConnectionStringAsync(Token), Token);
        var conversation = await platform.ConverseAsync("talker", Token);
        var gate = new ModelGate();
        platform.Models.Enqueue(ModelReply.Held(gate, "Last", " words"));
        var posted = await platform.PostAsync(conversation.Id, "Say something.", Token);
        await gate.Reached.WaitAsync(TestPlatform.Patience, Token);

        var ending = platform.Worker.TerminateAsync();
        await Eventually.TrueAsync(() => platform.Worker.Log.Contains("still running", StringComparison.Ordinal), TestPlatform.Patience, "the worker drains");
        gate.Open();

        Assert.True(await ending, "the worker ends by itself");
        Assert.Equal(ActivationState.Answered, (await platform.EndOfAsync(posted.ActivationId, Token)).State);
    }

    [Fact]
    public async Task Sigterm_AnswerThatTakesTooLong_IsHandedBackAtOnce()
    {
        await using var platform = await TestPlatform.StartAsync(
            postgres, await redis.ConnectionStringAsync(Token), Token, settings => settings["Activations__DrainTimeout"] = "00:00:01");
        var conversation = await platform.ConverseAsync("talker", Token);
        var gate = new ModelGate();
        platform.Models.Enqueue(ModelReply.Held(gate, "Too", " slow"));
        var posted = await platform.PostAsync(conversation.Id, "Say something.", Token);
        await gate.Reached.WaitAsync(TestPlatform.Patience, Token);

        Assert.True(await platform.Worker.TerminateAsync(), "the worker ends by itself");

        var row = await platform.Database.ScalarAsync<string>(
            $"select state || ' ' || attempt || ' ' || coalesce(lease_owner, 'nobody') from activations where id = '{posted.ActivationId}'", Token);
        Assert.Equal("queued 0 nobody", row);
    }

    private static Task EventuallyWrittenAsync(TestPlatform platform, PostMessageResponse posted) => Eventually.TrueAsync(
        async token => await platform.Database.ScalarAsync<string>(
            $"select content from generations where activation_id = '{posted.ActivationId}'", token) is { Length: > 0 },
        TestPlatform.Patience,
        "the growing answer is in Postgres");
}
