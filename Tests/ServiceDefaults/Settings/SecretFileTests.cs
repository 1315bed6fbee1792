using Microsoft.Extensions.Configuration;
using Platform.ServiceDefaults;
using Platform.ServiceDefaults.Settings;

namespace Platform.Tests.ServiceDefaults.Settings;

public sealed class SecretFileTests : IDisposable
{
    private readonly string _file = Path.Combine(Reaper.Folder, Guid.NewGuid().ToString("N"));

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData("ConnectionStrings:platformdb")]
    [InlineData("ConnectionStrings:platformdb-db")]
    [InlineData("OPENAI_API_KEY")]
    public void Value_FileNamed_IsContentWithoutTrailingNewline(string key)
    {
        File.WriteAllText(_file, "Host=db;Password=a b \r\n\n");

        var configuration = Load(new() { [key + "_FILE"] = _file });

        Assert.Equal("Host=db;Password=a b ", configuration[key]);
    }

    [Fact]
    public void Value_ShortNameFromFile_SetsTheKeyBehindIt()
    {
        File.WriteAllText(_file, "s3cret\n");

        var configuration = Load(new() { ["API_KEY_FILE"] = _file });

        Assert.Equal("s3cret", configuration["Access:ApiKey"]);
        Assert.Equal("s3cret", configuration.GetSection("Access").GetChildren().Single(child => child.Key == "ApiKey").Value);
    }

    [Theory]
    [InlineData("API_KEY")]
    [InlineData("ConnectionStrings:platformdb")]
    public void AddServiceDefaults_FileMissing_NamesKeyAndPath(string key)
    {
        var exception = Assert.Throws<SettingException>(() => Load(new() { [key + "_FILE"] = _file }));

        Assert.Contains(key + "_FILE", exception.Message, StringComparison.Ordinal);
        Assert.Contains(_file, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddServiceDefaults_ValueAndFile_IsRefusedWithoutShowingTheSecret()
    {
        File.WriteAllText(_file, "from-file");

        var exception = Assert.Throws<SettingException>(() => Load(new() { ["API_KEY"] = "from-value", ["API_KEY_FILE"] = _file }));

        Assert.Contains("API_KEY and API_KEY_FILE", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("from-", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData(" \r\n")]
    public void Value_BesideAnEmptyFile_Counts(string content)
    {
        File.WriteAllText(_file, content);

        var configuration = Load(new() { ["API_KEY"] = "from-value", ["API_KEY_FILE"] = _file, ["OPENAI_API_KEY_FILE"] = _file });

        Assert.Equal("from-value", configuration["Access:ApiKey"]);
        Assert.Null(configuration["OPENAI_API_KEY"]);
    }

    [Fact]
    public void Value_EmptyBesideFile_CountsAsUnset()
    {
        File.WriteAllText(_file, "from-file");

        Assert.Equal("from-file", Load(new() { ["API_KEY"] = "", ["API_KEY_FILE"] = _file })["API_KEY"]);
        Assert.Equal("from-value", Load(new() { ["API_KEY"] = "from-value", ["API_KEY_FILE"] = "" })["API_KEY"]);
    }

    [Fact]
    public void AddServiceDefaults_FileVariableOfAnotherProgramMissing_IsIgnored()
    {
        var configuration = Load(new() { ["SSL_CERT_FILE"] = _file });

        Assert.Equal(_file, configuration["SSL_CERT_FILE"]);
    }

    private static ConfigurationManager Load(Dictionary<string, string?> settings)
    {
        var builder = DefaultsHost.Builder(settings);
        builder.AddServiceDefaults("test");
        return builder.Configuration;
    }
}
