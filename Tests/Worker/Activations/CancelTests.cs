using Platform.Contracts.Activations;
using Platform.Contracts.Conversations;

namespace Platform.Tests.Worker.Activations;

[Collection(SharedPlatformCollection.Name)]
public sealed class CancelTests(SharedPlatform shared)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cancel_RunningAnswer_StopsTheCallKeepsTheTextAndTellsFollowers()
    {
        var platform = await shared.GetAsync(Token);
        var conversation = await platform.ConverseAsync("talker", Token);
        platform.Models.Enqueue(ModelReply.Hang("The tide", " turns"));
        using var stream = await platform.OpenStreamAsync(conversation.Id, "0", Token);
        var posted = await platform.PostAsync(conversation.Id, "When does the tide turn?", Token);
        await Eventually.TrueAsync(
            async token => await platform.Database.ScalarAsync<string>(
                $"select content from generations where activation_id = '{posted.ActivationId}'", token) is "The tide turns",
            TestPlatform.Patience,
            "the answer has begun");

        Assert.Equal(202, await platform.PostStatusAsync($"/api/v1/activations/{posted.ActivationId}/cancel", Token));
        var activation = await platform.EndOfAsync(posted.ActivationId, Token);
        var events = await SseReader.ReadUntilAsync(stream, StreamEvents.Done, Token);

        Assert.Equal(ActivationState.Cancelled, activation.State);
        Assert.Contains(events, one => one.Event == StreamEvents.Cancelled);
        Assert.Equal("cancelled The tide turns", await platform.Database.ScalarAsync<string>(
            $"select outcome || ' ' || response_preview from traces where id = '{activation.TraceId}'", Token));
        Assert.Equal("request response", await platform.Database.ScalarAsync<string>(
            $"select string_agg(b.kind, ' ' order by b.kind) from llm_call_bodies b join llm_calls c on c.id = b.llm_call_id join bodies on bodies.sha256 = b.sha256 where c.trace_id = '{activation.TraceId}'", Token));
        Assert.Equal(0, await platform.Database.ScalarAsync<long>($"select count(*) from generations where activation_id = '{posted.ActivationId}'", Token));
        Assert.Equal(409, await platform.PostStatusAsync($"/api/v1/activations/{posted.ActivationId}/cancel", Token));
    }

    [Fact]
    public async Task Cancel_WaitingBehindAnother_EndsAtOnceAndTheTraceSaysWho()
    {
        var platform = await shared.GetAsync(Token);
        var conversation = await platform.ConverseAsync("talker", Token);
        var gate = new ModelGate();
        platform.Models.Enqueue(ModelReply.Held(gate, "One", " moment"));
        var first = await platform.PostAsync(conversation.Id, "First.", Token);
        await gate.Reached.WaitAsync(TestPlatform.Patience, Token);
        var second = await platform.PostAsync(conversation.Id, "Second.", Token);

        Assert.Equal(202, await platform.PostStatusAsync($"/api/v1/activations/{second.ActivationId}/cancel", Token));

        var activation = await platform.ActivationAsync(second.ActivationId, Token);
        Assert.Equal((ActivationState.Cancelled, 0), (activation.State, activation.Attempt));
        var document = await platform.Client.GetStringAsync(new Uri($"/api/v1/traces/{activation.TraceId}/document", UriKind.Relative), Token);
        Assert.Contains("\"cancelledBy\"", document, StringComparison.Ordinal);
        gate.Open();
        Assert.Equal(ActivationState.Answered, (await platform.EndOfAsync(first.ActivationId, Token)).State);
    }

    [Fact]
    public async Task Cancel_NoSuchActivation_Is404()
    {
        var platform = await shared.GetAsync(Token);

        Assert.Equal(404, await platform.PostStatusAsync($"/api/v1/activations/{Guid.NewGuid()}/cancel", Token));
        Assert.Equal(404, await platform.PostStatusAsync($"/api/v1/activations/{Guid.NewGuid()}/retry", Token));
    }
}
