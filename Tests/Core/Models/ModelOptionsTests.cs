using Microsoft.Extensions.Options;

namespace Platform.Tests.Core.Models;

public sealed class ModelOptionsTests
{
    [Theory]
    [InlineData("LLM_TIMEOUT", "soon", "LLM_TIMEOUT is 'soon'; it must be a number of seconds or hh:mm:ss.")]
    [InlineData("LLM_TIMEOUT", "0.2", "Models:FirstTokenTimeout (or LLM_TIMEOUT) is 0.2 s; it must be 1 s to 3600 s.")]
    [InlineData("Models:SilenceTimeout", "02:00:00", "Models:SilenceTimeout is 7200 s; it must be 1 s to 3600 s.")]
    [InlineData("DAILY_TOKEN_CEILING", "-1", "Models:DailyTokenCeiling (or DAILY_TOKEN_CEILING) is -1 tokens; it must be 0 (off) or more.")]
    [InlineData("DAILY_TOKEN_CEILING", "1e6", "DAILY_TOKEN_CEILING is '1e6'; it must be a number of tokens, or off.")]
    [InlineData("Models:TelemetryContent", "perhaps", "Models:TelemetryContent is 'perhaps'; it must be true or false.")]
    [InlineData("Models:GenAiConventions", "2", "Models:GenAiConventions is '2'; it must be latest or 1.36.")]
    [InlineData("Models:MaxBodyBytes", "12", "Models:MaxBodyBytes is 12 bytes; it must be 1024 to 268435456.")]
    [InlineData("Rehearsal:TokensPerSecond", "-3", "Rehearsal:TokensPerSecond must be 0 (all at once) to 10000 tokens a second.")]
    public async Task StartAsync_WrongSetting_NamesKeyValueAndUnit(string key, string value, string message)
    {
        await using var models = ModelsHost.Create(settings: (key, value));

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => models.StartAsync(TestContext.Current.CancellationToken));

        Assert.Equal(message, exception.Message);
    }

    [Theory]
    [InlineData("45")]
    [InlineData("00:00:45")]
    public async Task StartAsync_TimeoutInEitherForm_Starts(string value)
    {
        await using var models = ModelsHost.Create(settings: ("LLM_TIMEOUT", value));

        await models.StartAsync(TestContext.Current.CancellationToken);
    }
}
