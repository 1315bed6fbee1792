using Platform.Contracts.Activations;

namespace Platform.Tests.Worker.Activations;

public sealed class FailureTests(SharedPlatform shared) : IClassFixture<SharedPlatform>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("tests/test-model", 500, "model_error")]
    [InlineData("tests/test-model", 429, "rate_limited")]
    [InlineData("tests/test-model", 400, "model_rejected")]
    [InlineData("nobody/serves-this", 0, "no_provider")]
    public async Task Answer_ModelThatFails_EndsFailedWithTraceAndSentence(string model, int status, string code)
    {
        var platform = await shared.GetAsync(Token);
        platform.Models.Default = _ => status switch
        {
            500 => ModelReply.ServerError(),
            429 => ModelReply.RateLimited(TimeSpan.FromSeconds(7)),
            _ => ModelReply.BadRequest(),
        };
        var conversation = await platform.ConverseAsync(model.StartsWith("tests", StringComparison.Ordinal) ? "talker" : "lost", Token);

        var activation = await platform.EndOfAsync((await platform.PostAsync(conversation.Id, "Hello?", Token)).ActivationId, Token);

        Assert.Equal(ActivationState.Failed, activation.State);
        Assert.Equal(code, activation.Error?.Code);
        Assert.NotEmpty(activation.Error?.Message ?? "");
        Assert.DoesNotContain(platform.Models.ApiKey, activation.Error?.Message, StringComparison.Ordinal);
        Assert.Equal(code, await platform.Database.ScalarAsync<string>($"select error_code from traces where id = '{activation.TraceId}'", Token));
        var shown = Assert.Single(Assert.Single(await platform.MessagesAsync(conversation.Id, Token)).Activations);
        Assert.Equal(activation.Error, shown.Error);
    }
}
