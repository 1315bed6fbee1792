using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Platform.Core.Models;
using Platform.Core.Yaml;
using Platform.ServiceDefaults;
using Platform.ServiceDefaults.Outgoing;

namespace Platform.Tests.ServiceDefaults.Settings;

/// <summary>Command line, then environment, then appsettings, then the default; within one of them the key before its short name.</summary>
public sealed class SettingPrecedenceTests
{
    [Fact]
    public void Value_KeyInAppsettingsAndShortNameInTheEnvironment_IsTheEnvironments()
    {
        using var host = Start(appsettings: ("Models:FirstTokenTimeout", "00:00:11"), environment: ("LLM_TIMEOUT", "22"));

        Assert.Equal(22, Of<ModelOptions>(host).FirstTokenTimeout.TotalSeconds);
    }

    [Fact]
    public void Value_KeyInAppsettingsAndCeilingInTheEnvironment_IsTheEnvironments()
    {
        using var host = Start(appsettings: ("Models:DailyTokenCeiling", "1000"), environment: ("DAILY_TOKEN_CEILING", "off"));

        Assert.Equal(0, Of<ModelOptions>(host).DailyTokenCeiling);
    }

    [Fact]
    public void Value_ShortNameInTheEnvironmentAndKeyOnTheCommandLine_IsTheCommandLines()
    {
        using var host = Start(environment: ("HTTP_TIMEOUT", "22"), commandLine: "--Http:Timeout=00:00:33");

        Assert.Equal(33, Of<OutgoingHttpOptions>(host).Timeout.TotalSeconds);
    }

    [Fact]
    public void Value_FolderInTheEnvironmentAndKeyOnTheCommandLine_IsTheCommandLines()
    {
        using var host = Start(environment: ("CONFIG_PATH", "/environment"), commandLine: "--Bots:ConfigFolder=/command-line");

        Assert.Equal("/command-line", ConfigFolder.Locate(host.Services.GetRequiredService<IConfiguration>(), "/"));
    }

    [Fact]
    public void Value_ShortNameOnTheCommandLine_WinsOverTheKeyInTheEnvironment()
    {
        using var host = Start(environment: ("Http:Timeout", "00:00:22"), commandLine: "--HTTP_TIMEOUT=33");

        Assert.Equal(33, Of<OutgoingHttpOptions>(host).Timeout.TotalSeconds);
    }

    [Fact]
    public void Value_KeyAndShortNameInOneSource_IsTheKeys()
    {
        using var host = Start(environment: [("HTTP_TIMEOUT", "22"), ("Http:Timeout", "00:00:33")]);

        Assert.Equal(33, Of<OutgoingHttpOptions>(host).Timeout.TotalSeconds);
    }

    [Fact]
    public void Value_EmptyInTheHigherSource_IsTheLowerOnes()
    {
        using var host = Start(appsettings: ("HTTP_TIMEOUT", "11"), environment: [("HTTP_TIMEOUT", ""), ("Http:Timeout", "")]);

        Assert.Equal(11, Of<OutgoingHttpOptions>(host).Timeout.TotalSeconds);
    }

    [Fact]
    public void Value_FileInTheEnvironmentAndKeyOnTheCommandLine_IsTheCommandLines()
    {
        var file = Path.Combine(Reaper.Folder, Guid.NewGuid().ToString("N"));
        File.WriteAllText(file, "from-file");

        using var host = Start(environment: ("AUTH_TOKEN_FILE", file), commandLine: "--Access:AuthToken=from-command-line");

        Assert.Equal("from-command-line", host.Services.GetRequiredService<IConfiguration>()["Access:AuthToken"]);
        File.Delete(file);
    }

    private static IHost Start((string Key, string Value)? appsettings = null, string? commandLine = null, params (string Key, string Value)[] environment)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(appsettings is { } low ? [new(low.Key, low.Value)] : []);
        builder.Configuration.AddInMemoryCollection(environment.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.Configuration.AddCommandLine(commandLine is null ? [] : [commandLine]);
        builder.AddServiceDefaults("test");
        builder.AddModels();
        return builder.Build();
    }

    private static TOptions Of<TOptions>(IHost host)
        where TOptions : class => host.Services.GetRequiredService<IOptions<TOptions>>().Value;
}
