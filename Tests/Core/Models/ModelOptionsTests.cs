using Microsoft.Extensions.Options;
using Platform.ServiceDefaults.Settings;

namespace Platform.Tests.Core.Models;

public sealed class ModelOptionsTests
{
    [Theory]
    [InlineData("LLM_TIMEOUT", "soon", "LLM_TIMEOUT (setting Models:FirstTokenTimeout): 'soon' is not a duration; write seconds (30) or a unit (1500ms, 30s, 5m, 2h).")]
    [InlineData("Models:TotalTimeout", "soon", "Models:TotalTimeout: 'soon' is not a duration; write seconds (30) or a unit (1500ms, 30s, 5m, 2h).")]
    [InlineData("LLM_TIMEOUT", "99999999999999999999", "LLM_TIMEOUT (setting Models:FirstTokenTimeout): '99999999999999999999' exceeds the maximum duration.")]
    [InlineData("DAILY_TOKEN_CEILING", "1e6", "DAILY_TOKEN_CEILING (setting Models:DailyTokenCeiling): '1e6' is not a number of tokens; write a whole number or off.")]
    [InlineData("Models:TelemetryContent", "perhaps", "Models:TelemetryContent: 'perhaps' is neither true nor false.")]
    public void Create_ValueMakesNoSense_NamesKeyAndValue(string key, string value, string message)
    {
        var exception = Assert.Throws<SettingException>(() => ModelsHost.Create(settings: (key, value)));

        Assert.Equal(message, exception.Message);
    }

    [Theory]
    [InlineData("LLM_TIMEOUT", "0.2", "Models:FirstTokenTimeout (LLM_TIMEOUT) is 00:00:00.2; write 00:00:01 to 01:00:00 (hours:minutes:seconds).")]
    [InlineData("Models:SilenceTimeout", "02:00:00", "Models:SilenceTimeout is 02:00:00; write 00:00:01 to 01:00:00 (hours:minutes:seconds).")]
    [InlineData("DAILY_TOKEN_CEILING", "-1", "Models:DailyTokenCeiling (DAILY_TOKEN_CEILING) is -1 tokens; write 0 to 9223372036854775807 tokens, or off for no limit.")]
    [InlineData("Models:GenAiConventions", "2", "Models:GenAiConventions is '2'; write latest or 1.36.")]
    [InlineData("Models:MaxBodyBytes", "12", "Models:MaxBodyBytes is 12 bytes; write 1024 to 268435456 bytes.")]
    [InlineData("Rehearsal:TokensPerSecond", "-3", "Rehearsal:TokensPerSecond is -3 tokens a second; write 0 to 10000 tokens a second.")]
    public async Task StartAsync_WrongSetting_NamesKeyValueAndUnit(string key, string value, string message)
    {
        await using var models = ModelsHost.Create(settings: (key, value));

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => models.StartAsync(TestContext.Current.CancellationToken));

        Assert.Equal(message, exception.Message);
    }

    [Theory]
    [InlineData("LLM_TIMEOUT", "45")]
    [InlineData("LLM_TIMEOUT", "00:00:45")]
    [InlineData("Models:ConnectTimeout", "45")]
    [InlineData("Models:ConnectTimeout", "")]
    public async Task StartAsync_TimeoutInEitherForm_Starts(string key, string value)
    {
        await using var models = ModelsHost.Create(settings: (key, value));

        await models.StartAsync(TestContext.Current.CancellationToken);
    }
}
