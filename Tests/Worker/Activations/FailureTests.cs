using Platform.Contracts.Activations;

namespace Platform.Tests.Worker.Activations;

[Collection(SharedPlatformCollection.Name)]
public sealed class FailureTests(SharedPlatform shared)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(500, "model_error")]
    [InlineData(429, "rate_limited")]
    [InlineData(400, "model_rejected")]
    public async Task Answer_ModelThatFails_EndsFailedWithTraceAndSentence(int status, string code)
    {
        var platform = await shared.GetAsync(Token);
        var usual = platform.Models.Default;
        platform.Models.Default = _ => status switch
        {
            500 => ModelReply.ServerError(),
            429 => ModelReply.RateLimited(TimeSpan.FromSeconds(7)),
            _ => ModelReply.BadRequest(),
        };
        var conversation = await platform.ConverseAsync("talker", Token);

        var activation = await platform.EndOfAsync((await platform.PostAsync(conversation.Id, "Hello?", Token)).ActivationId, Token);
        platform.Models.Default = usual;

        Assert.Equal(ActivationState.Failed, activation.State);
        Assert.Equal(code, activation.Error?.Code);
        Assert.NotEmpty(activation.Error?.Message ?? "");
        Assert.DoesNotContain(platform.Models.ApiKey, activation.Error?.Message, StringComparison.Ordinal);
        Assert.Equal(code, await platform.Database.ScalarAsync<string>($"select error_code from traces where id = '{activation.TraceId}'", Token));
        var shown = Assert.Single(Assert.Single(await platform.MessagesAsync(conversation.Id, Token)).Activations);
        Assert.Equal(activation.Error, shown.Error);
    }
}
