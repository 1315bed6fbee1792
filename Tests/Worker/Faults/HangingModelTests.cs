using Platform.Contracts.Activations;
using Platform.Contracts.Channels;

namespace Platform.Tests.Worker.Faults;

public sealed class HangingModelTests(ImpatientPlatform impatient) : IClassFixture<ImpatientPlatform>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answer_ModelWithoutFirstToken_EndsFailedAndTheCallIsCancelled()
    {
        var activation = await FailAsync(ModelReply.Hang());

        Assert.Contains("sent no text within 3 s (Models:FirstTokenTimeout)", activation.Error?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_ModelThatFallsSilent_EndsFailedAndTheCallIsCancelled()
    {
        var activation = await FailAsync(ModelReply.Hang("The tide", " turns"));

        Assert.Contains("stopped sending text for 1 s (Models:SilenceTimeout)", activation.Error?.Message, StringComparison.Ordinal);
    }

    private async Task<ActivationResponse> FailAsync(ModelReply reply)
    {
        var platform = impatient.Platform;
        platform.Models.Enqueue(reply);
        var conversation = await platform.ConverseAsync("talker", Token);

        var activation = await platform.EndOfAsync((await platform.PostAsync(conversation.Id, "When does the tide turn?", Token)).ActivationId, Token);

        Assert.Equal((ActivationState.Failed, "model_timeout"), (activation.State, activation.Error?.Code));
        await platform.Models.Requests[^1].ClientLeft.WaitAsync(TestPlatform.Patience, Token);
        var message = Assert.Single(await platform.MessagesAsync(conversation.Id, Token));
        Assert.Equal(MessageRole.User, message.Role);
        Assert.Equal(activation.Error, Assert.Single(message.Activations).Error);
        Assert.Equal("model_timeout", await platform.Database.ScalarAsync<string>($"select error_code from traces where id = '{activation.TraceId}'", Token));
        return activation;
    }
}
