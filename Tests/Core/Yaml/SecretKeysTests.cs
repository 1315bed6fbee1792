using Platform.Core.Yaml;

namespace Platform.Tests.Core.Yaml;

public sealed class SecretKeysTests
{
    [Theory]
    [InlineData("api_key", true)]
    [InlineData("apiKey", true)]
    [InlineData("discord_token", true)]
    [InlineData("OPENAI_API_KEY", true)]
    [InlineData("clientSecret", true)]
    [InlineData("password", true)]
    [InlineData("max_tokens", false)]
    [InlineData("discord_token_file", false)]
    [InlineData("key_signature", false)]
    [InlineData("secretary", false)]
    public void Names_Key_TellsSecretsFromTheRest(string key, bool secret) => Assert.Equal(secret, SecretKeys.Names(key));

    [Fact]
    public void Redact_TextWithACredential_KeepsTheRest() =>
        Assert.Equal("use [secret] please", SecretKeys.Redact("use sk-abcdefghijklmnopqrstuvwx please"));
}
