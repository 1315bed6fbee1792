using Platform.Core.Yaml;

namespace Platform.Tests.Core.Yaml;

public sealed class KeySpellingTests
{
    [Theory]
    [InlineData("maxTokens", "max_tokens")]
    [InlineData("max_tokens", "max_tokens")]
    [InlineData("max-tokens", "max_tokens")]
    [InlineData("innerName", "inner_name")]
    [InlineData("Name", "name")]
    [InlineData("topP", "top_p")]
    public void Canonical_AnySpelling_IsSnakeCase(string written, string canonical) =>
        Assert.Equal(canonical, KeySpelling.Canonical(written));

    [Theory]
    [InlineData("temprature", "temperature")]
    [InlineData("max_tokesn", "max_tokens")]
    [InlineData("emojy", "emoji")]
    [InlineData("zzz", null)]
    public void Nearest_Slip_IsTheKeyMeant(string written, string? meant) =>
        Assert.Equal(meant, KeySpelling.Nearest(written, ["temperature", "max_tokens", "emoji", "name"]));
}
