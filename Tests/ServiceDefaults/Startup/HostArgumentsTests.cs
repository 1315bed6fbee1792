using Platform.ServiceDefaults.Startup;

namespace Platform.Tests.ServiceDefaults.Startup;

public sealed class HostArgumentsTests
{
    private static readonly HostUsage Usage = new("Api", "The API.", ("smoke [SECONDS]", "smoke test"));

    [Theory]
    [InlineData]
    [InlineData("--urls", "http://127.0.0.1:5000")]
    [InlineData("--urls=http://127.0.0.1:5000", "--Http:Timeout=00:00:10")]
    [InlineData("Http:Timeout=00:00:10", "/Http:Timeout=00:00:10", "/Http:Timeout", "00:00:10")]
    [InlineData("--Empty=")]
    public void FindUnknown_SettingsOfConfiguration_IsNull(params string[] arguments) => Assert.Null(HostArguments.FindUnknown(arguments));

    [Theory]
    [InlineData("serve", "serve")]
    [InlineData("--verbose", "--verbose")]
    [InlineData("--verbose", "--verbose", "--urls=http://127.0.0.1:5000")]
    [InlineData("serve", "--urls", "http://127.0.0.1:5000", "serve")]
    [InlineData("-v", "-v")]
    [InlineData("-k=v", "-k=v")]
    [InlineData("--", "--")]
    [InlineData("=x", "=x")]
    [InlineData("--=x", "--=x")]
    public void FindUnknown_AnythingElse_IsThatArgument(string expected, params string[] arguments) => Assert.Equal(expected, HostArguments.FindUnknown(arguments));

    [Theory]
    [InlineData(0, "--help")]
    [InlineData(0, "-h")]
    [InlineData(0, "help")]
    [InlineData(0, "health", "--help")]
    [InlineData(2, "serve")]
    [InlineData(2, "--verbose")]
    [InlineData(null, "health", "alive")]
    [InlineData(null, "smoke", "10")]
    [InlineData(null, "--urls", "http://127.0.0.1:5000")]
    [InlineData(null)]
    public async Task TryAnswer_ACommandLine_EndsWithItsExitCode(int? expected, params string[] arguments) =>
        Assert.Equal(expected, await HostArguments.TryAnswerAsync(arguments, Usage));

    [Fact]
    public void ToString_OfAUsage_NamesCommandsSettingsAndDocuments()
    {
        var text = Usage.ToString();

        Assert.All((string[])["dotnet Api.dll", "health [alive]", "smoke [SECONDS]", "environment variables", "docs/configuration.md"], part => Assert.Contains(part, text, StringComparison.Ordinal));
    }
}
