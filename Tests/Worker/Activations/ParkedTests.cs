using Platform.Contracts.Activations;
using Platform.Contracts.EventLog;
using Platform.Contracts.Conversations;

namespace Platform.Tests.Worker.Activations;

public sealed class ParkedTests(ParkingPlatform parking) : IClassFixture<ParkingPlatform>
{
    private readonly TestPlatform _platform = parking.Platform;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WorkerLostTooOften_IsParkedToldAndRunAgainOnRequest()
    {
        var conversation = await _platform.ConverseAsync("talker", Token);
        using var stream = await _platform.OpenStreamAsync(conversation.Id, "0", Token);
        var posted = await ParkAsync(conversation.Id);

        var events = await SseReader.ReadUntilAsync(stream, StreamEvents.Done, Token);
        var queue = await _platform.GetAsync<QueueResponse>("/api/v1/queue?state=parked", Token);
        Assert.Contains(events, one => one.Event == StreamEvents.Error && one.Data.Contains("worker_lost", StringComparison.Ordinal));
        Assert.Equal(1, queue.Parked);
        var parked = Assert.Single(queue.Items);
        Assert.Equal(("worker_lost", posted, "Say something."), (parked.Error?.Code, parked.Id, parked.Trigger));

        _platform.Models.Default = _ => ModelReply.Answer("Here I am.");
        Assert.Equal(202, await _platform.PostStatusAsync($"/api/v1/activations/{posted}/retry", Token));
        await Eventually.TrueAsync(
            async token => (await _platform.ActivationAsync(posted, token)).State == ActivationState.Answered, TestPlatform.Patience, "it answers");
        Assert.Equal(409, await _platform.PostStatusAsync($"/api/v1/activations/{posted}/retry", Token));
        var told = await _platform.EventsAsync(posted, EventTypes.ActivationAnswered, Token);
        Assert.Equal([EventTypes.ActivationParked, EventTypes.ActivationResumed, EventTypes.ActivationAnswered], told.Select(one => one.Type));
        Assert.Equal("worker_lost", told[0].Data.GetProperty("error_code").GetString());
    }

    [Fact]
    public async Task RunAgain_FollowerThatWasToldOfTheParking_GetsTheTokensAsTheyCome()
    {
        var conversation = await _platform.ConverseAsync("talker", Token);
        using var stream = await _platform.OpenStreamAsync(conversation.Id, "0", Token);
        var gate = new ModelGate();
        _platform.Models.Default = _ => ModelReply.Held(gate, "Here", " I am.");
        var posted = await ParkAsync(conversation.Id);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TestPlatform.Patience);
        List<SseRecord> events = [];

        await foreach (var one in SseReader.ReadAsync(stream, patience.Token))
        {
            if (one.Event != StreamEvents.Heartbeat)
            {
                events.Add(one);
            }

            if (one.Event == StreamEvents.MessageComplete)
            {
                break;
            }

            if (one.Event == StreamEvents.Done)
            {
                events.Clear();
                Assert.Equal(202, await _platform.PostStatusAsync($"/api/v1/activations/{posted}/retry", Token));
            }
            else if (one.Event == StreamEvents.Token && one.Data.Contains("Here", StringComparison.Ordinal))
            {
                gate.Open();
            }
        }

        Assert.Equal(
            [StreamEvents.GenerationStarted, StreamEvents.Token, StreamEvents.MessageComplete], events.Select(one => one.Event).Distinct());
    }

    [Fact]
    public async Task GiveUp_Parked_EndsFailedWithTrace()
    {
        var conversation = await _platform.ConverseAsync("talker", Token);
        var posted = await ParkAsync(conversation.Id);

        Assert.Equal(202, await _platform.PostStatusAsync($"/api/v1/activations/{posted}/give-up", Token));

        var activation = await _platform.ActivationAsync(posted, Token);
        Assert.Equal((ActivationState.Failed, "worker_lost"), (activation.State, activation.Error?.Code));
        Assert.Equal("failed", await _platform.Database.ScalarAsync<string>($"select outcome from traces where id = '{activation.TraceId}'", Token));
        var told = await _platform.EventsAsync(posted, EventTypes.ActivationFailed, Token);
        Assert.Equal([EventTypes.ActivationParked, EventTypes.ActivationFailed], told.Select(one => one.Type));
    }

    /// <summary>Kills the worker in mid-answer and starts another.</summary>
    private async Task<string> ParkAsync(string conversationId)
    {
        var gate = new ModelGate();
        _platform.Models.Enqueue(ModelReply.Held(gate, "I am", " dying"));
        var posted = await _platform.PostAsync(conversationId, "Say something.", Token);
        await gate.Reached.WaitAsync(TestPlatform.Patience, Token);
        await _platform.Workers[^1].KillAsync();
        await _platform.AddHostAsync("Worker", Token);
        Assert.Equal(ActivationState.Parked, (await _platform.EndOfAsync(posted.ActivationId, Token)).State);
        return posted.ActivationId;
    }
}
