using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Platform.Contracts;
using Platform.Contracts.Traces;
using Platform.ServiceDefaults.Settings;

namespace Platform.Tests.Golden;

/// <summary>Names that people and programs wrote down; they outlive the class that spells them.</summary>
[Collection(GoldenHostsCollection.Name)]
public sealed partial class NameGoldenTests(GoldenHosts hosts)
{
    private const BindingFlags Constant = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>Types of events, events of streams, scopes: what Contracts spells as a constant.</summary>
    [Fact]
    public void Events_OfContracts_AreAsRecorded() =>
        GoldenFile.CheckSet("events.txt", Constants().Where(constant => constant.Type.Assembly == typeof(WireJson).Assembly).Select(constant => constant.Value));

    /// <summary>The texts of each enumeration; the kinds of filter are not on the wire.</summary>
    [Fact]
    public void Enumerations_OfContracts_AreAsRecorded() => GoldenFile.CheckSet(
        "enumerations.txt",
        typeof(WireJson).Assembly.GetTypes().Where(type => type.IsEnum && type != typeof(TraceFilterKind)).Select(type =>
            string.Join(' ', Enum.GetValues(type).Cast<object>().Select(value => JsonSerializer.Serialize(value, type, WireJson.Options).Trim('"')))));

    [Fact]
    public void NotifyChannels_OfCore_AreAsRecorded() => GoldenFile.CheckSet(
        "notify-channels.txt",
        Constants()
            .Where(constant => constant.Type.FullName?.StartsWith("Platform.Core.", StringComparison.Ordinal) is true)
            .Where(constant => constant.Name.EndsWith("Channel", StringComparison.Ordinal) && ChannelName().IsMatch(constant.Value))
            .Select(constant => constant.Value));

    [Fact]
    public void Metrics_OfTheHosts_AreAsRecorded() => GoldenFile.CheckSet("metrics.txt", hosts.Instruments);

    /// <summary>Keys with their defaults, short names, and variables that are read from the environment.</summary>
    [Fact]
    public void Settings_OfTheHosts_AreAsRecorded() => GoldenFile.CheckSet(
        "settings.txt",
        [.. GoldenHosts.ProductTypes.SelectMany(OptionKeys), .. SettingAliases.All.Select(alias => alias.Name), .. Literals(VariableName())]);

    /// <summary>Error codes, problem types, silent reasons. The list is kept by hand; a code on it must still be spelled somewhere.</summary>
    [Fact]
    public void Codes_Recorded_AreStillSpelled()
    {
        var codes = File.ReadAllLines(Repository.PathOf("Tests", "Golden", "codes.txt")).Where(line => line.Length > 0 && line[0] != '#').ToList();

        Assert.NotEmpty(codes);
        Assert.Empty(codes.Except(Literals(Code())));
    }

    private static IEnumerable<(Type Type, string Name, string Value)> Constants() =>
        from type in GoldenHosts.ProductTypes
        from field in type.GetFields(Constant)
        where field.IsLiteral && field.FieldType == typeof(string)
        select (type, field.Name, (string?)field.GetRawConstantValue() ?? "");

    private static IEnumerable<string> OptionKeys(Type type)
    {
        var section = type.GetFields(Constant).FirstOrDefault(field => field is { IsLiteral: true, Name: "Section" or "SectionName" })?.GetRawConstantValue();
        if (section is null || type.GetConstructor(Type.EmptyTypes) is null)
        {
            return [];
        }

        var defaults = Activator.CreateInstance(type);
        return type.GetProperties().Where(property => property.SetMethod is { IsPublic: true })
            .Select(property => $"{section}:{property.Name} = {Text(property.GetValue(defaults))}");
    }

    private static string Text(object? value) => value switch
    {
        null => "null",
        string text => $"'{text}'",
        IEnumerable items => $"[{string.Join(", ", items.Cast<object?>().Select(Text))}]",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>The first group of every match in the sources of the hosts and libraries.</summary>
    private static IEnumerable<string> Literals(Regex form) => new[] { "Contracts", "Core", "ServiceDefaults", "Api", "Worker", "Web" }
        .SelectMany(project => Directory.EnumerateFiles(Repository.PathOf(project), "*.*", SearchOption.AllDirectories))
        .Where(file => Path.GetExtension(file) is ".cs" or ".razor")
        .SelectMany(file => form.Matches(File.ReadAllText(file)))
        .Select(match => match.Groups[1].Value);

    [GeneratedRegex("^[a-z_]+$")]
    private static partial Regex ChannelName();

    [GeneratedRegex("\"([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)\"")]
    private static partial Regex VariableName();

    [GeneratedRegex("\"([a-z0-9]+(?:[_-][a-z0-9]+)*)\"")]
    private static partial Regex Code();
}
