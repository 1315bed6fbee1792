using System.Text.RegularExpressions;
using Platform.ServiceDefaults.Settings;

namespace Platform.Tests.ServiceDefaults.Settings;

/// <summary>docs/configuration.md, the table of short names and what the hosts read are the same.</summary>
public sealed partial class SettingDocumentationTests
{
    /// <summary>Read, but not for people to set.</summary>
    private static readonly string[] OfTheMachine = ["DOTNET_RUNNING_IN_CONTAINER", "PLATFORM_IMAGE_VERSION", "NO_COLOR", "ASPNETCORE_HTTP_PORTS", "DOTNET_HTTP_PORTS", "HTTP_PORTS", "DOTNET_URLS"];

    /// <summary>Keys that no options class holds.</summary>
    private static readonly string[] OtherKeys =
    [
        "Logging:LogLevel:Default", "Logging:Console:FormatterName", "services:api:http:0", "Telemetry:UseProxy",
        // Reserved.
        "RateLimits:Enabled", "RateLimits:Requests", "RateLimits:Window",
    ];

    private static readonly string Page = File.ReadAllText(Repository.PathOf("docs", "configuration.md"));

    [Fact]
    public void ShortNames_Documented_AreThoseOfTheTable()
    {
        var section = Page[Page.IndexOf("## Short names", StringComparison.Ordinal)..];
        var documented = ShortNameRow.Matches(section[..section.IndexOf("\n## ", StringComparison.Ordinal)]).Select(row => (row.Groups[1].Value, row.Groups[2].Value)).Order();

        Assert.Equal(SettingAliases.All.Select(alias => (alias.Name, alias.Key)).Order(), documented);
    }

    [Fact]
    public void ShortNames_Keys_AreReadBySomebody()
    {
        var keys = HostOptions.Properties.Select(HostOptions.KeyOf).Concat(OtherKeys).ToHashSet();

        Assert.All(SettingAliases.All, alias => Assert.Contains(alias.Key, keys));
        Assert.All(SettingAliases.Forms.Keys, key => Assert.Contains(key, keys));
    }

    [Fact]
    public void Keys_OfTheHosts_AreDocumented() => Assert.All(
        HostOptions.Properties.Select(HostOptions.KeyOf).Concat(Literals(ReadKey)),
        key => Assert.Contains($"`{key}`", Page, StringComparison.Ordinal));

    [Fact]
    public void Keys_Documented_AreRead()
    {
        var sections = HostOptions.Types.Select(HostOptions.SectionOf).ToHashSet();
        var keys = HostOptions.Properties.Select(HostOptions.KeyOf).ToHashSet();

        Assert.All(
            DocumentedKey.Matches(Page).Where(match => sections.Contains(match.Groups[1].Value)),
            match => Assert.Contains($"{match.Groups[1].Value}:{match.Groups[2].Value}", keys));
    }

    [Fact]
    public void Variables_ReadByTheHosts_AreDocumented()
    {
        var names = Literals(Variable).ToHashSet();

        Assert.Contains("OPENAI_API_KEY", names);
        Assert.All(names.Except(OfTheMachine), name => Assert.Contains($"`{name}`", Page, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Literals(Regex form) => new[] { "Api", "Worker", "Web", "Core", "ServiceDefaults" }
        .SelectMany(project => Directory.EnumerateFiles(Repository.PathOf(project), "*.cs", SearchOption.AllDirectories))
        .SelectMany(file => form.Matches(File.ReadAllText(file)))
        .Select(match => match.Groups[1].Value);

    [GeneratedRegex("""^\| `([A-Z][A-Z0-9_]+)` \| `([^`]+)` \|""", RegexOptions.Multiline)]
    private static partial Regex ShortNameRow { get; }

    [GeneratedRegex("""`([A-Z][A-Za-z]+):([A-Z][A-Za-z]+)`""")]
    private static partial Regex DocumentedKey { get; }

    [GeneratedRegex("""[cC]onfiguration\["([A-Za-z]+:[A-Za-z0-9:]+)"\]""")]
    private static partial Regex ReadKey { get; }

    [GeneratedRegex("\"([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)\"")]
    private static partial Regex Variable { get; }
}
