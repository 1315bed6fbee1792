using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Platform.Core.Models.Providers.OpenAi;
using Platform.Core.Yaml;

namespace Platform.Core.Models.Providers;

/// <summary>The providers at one moment: those of the file, completed by the environment. The file takes precedence.</summary>
internal sealed partial class ProviderSnapshot
{
    private const string KeyRemedy = "Copy the key again, without typographic quotes, line breaks and invisible characters.";

    private readonly List<ModelProvider> _providers = [];
    private readonly List<ConfigProblem> _problems = [];
    private readonly Dictionary<string, string> _missingKeys = [];

    private readonly IReadOnlyList<IModelProvider> _protocols;

    private ProviderSnapshot(IReadOnlyList<IModelProvider> protocols) => _protocols = protocols;

    /// <summary>In the file's order, then the environment's.</summary>
    public IReadOnlyList<ModelProvider> Providers => _providers;

    public IReadOnlyList<ConfigProblem> Problems => _problems;

    /// <summary>Providers without a key: name → the setting for it.</summary>
    public IReadOnlyDictionary<string, string> MissingKeys => _missingKeys;

    public static ProviderSnapshot Build(
        string path, IReadOnlyList<ProviderEntry> entries, IReadOnlyList<IModelProvider> protocols, IConfiguration configuration)
    {
        var snapshot = new ProviderSnapshot(protocols);
        foreach (var entry in entries)
        {
            snapshot.Add(entry.Name, entry.ApiKey, entry.ApiBase, entry.Provides, new ConfigProblem(true, path, entry.Place.Line, entry.Place.Column, entry.Key, "", ""), configuration);
        }

        foreach (var one in protocols.SelectMany(protocol => protocol.Known).Where(one => entries.All(entry => entry.Name != one.Name)))
        {
            snapshot.Add(one.Name, null, null, [], new ConfigProblem(true, "environment", null, null, one.BaseSetting ?? one.KeySetting, "", ""), configuration);
        }

        var keys = snapshot.Providers.Select(provider => provider.ApiKey).OfType<string>().ToList();
        snapshot._providers.ForEach(provider => provider.MaskAlso(keys));
        return snapshot;
    }

    private void Add(
        string name, string? apiKey, string? apiBase, IReadOnlyList<string> provides, ConfigProblem place, IConfiguration configuration)
    {
        var own = _protocols.FirstOrDefault(protocol => protocol.Known.Any(one => one.Name == name));
        var known = own?.Known.First(one => one.Name == name);
        var key = Resolve(apiKey, configuration, out var missing) ?? (known is null ? null : Text(configuration[known.KeySetting]));
        var address = Resolve(apiBase, configuration, out var missingBase) ?? (known?.BaseSetting is { } setting ? Text(configuration[setting]) : null);
        if (key is null && (missing is not null || address is null))
        {
            _missingKeys[name] = missing ?? known?.KeySetting ?? $"{place.Key}.api_key";
        }
        else if (missingBase is not null && address is null)
        {
            _problems.Add(place with { Message = $"api_base refers to {missingBase}, which is not set.", Remedy = $"Set {missingBase}, or write the address." });
        }
        else if ((address ?? known?.DefaultBase) is not { } location)
        {
            _problems.Add(place with { Message = "An api_base is needed: this provider is not one of the known ones.", Remedy = "Write its address, such as https://host/v1." });
        }
        else if (Address(location) is not { } uri)
        {
            _problems.Add(place with { Message = "api_base must be an http or https address without user name, query or fragment.", Remedy = "Write one such as http://localhost:11434/v1." });
        }
        else
        {
            // At an address of its own a provider is assumed to use OpenAI's protocol, as self-hosted servers do.
            var protocol = address is null ? own?.Protocol : null;
            var problem = key is null ? null : KeyProblem(key, Setting(apiKey) ?? (Text(apiKey) is null ? known?.KeySetting : null) ?? $"{place.Key}.api_key");
            if (problem is not null)
            {
                // The file is right, so its newest version counts.
                _problems.Add(place with { IsError = false, Message = problem, Remedy = KeyRemedy });
            }

            // It stays in the list with its problem: its models must not go to another provider.
            _providers.Add(new ModelProvider
            {
                Name = name, Protocol = protocol ?? OpenAiProvider.Key, ApiBase = uri, ApiKey = key, Provides = provides,
                KeyProblem = problem is null ? null : $"{problem} {KeyRemedy}",
            });
        }
    }

    /// <summary>Replaces a <c>${NAME}</c> reference; null when the text is empty or the setting is not there.</summary>
    private static string? Resolve(string? text, IConfiguration configuration, out string? missing)
    {
        missing = null;
        if (Text(text) is not { } value || Reference.Match(value) is not { Success: true } match)
        {
            return Text(text);
        }

        var name = match.Groups[1].Value;
        var resolved = Text(configuration[name]);
        missing = resolved is null ? name : null;
        return resolved;
    }

    /// <summary>The setting that a <c>${NAME}</c> reference names; null for anything else.</summary>
    private static string? Setting(string? text) => Text(text) is { } value && Reference.Match(value) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>Says what in a key no HTTP header can carry, without the key; null when all can be sent.</summary>
    private static string? KeyProblem(string key, string setting)
    {
        var position = 0;
        foreach (var rune in key.EnumerateRunes())
        {
            position++;
            if (rune.Value is < ' ' or > '~')
            {
                var what = rune.Value is '\n' or '\r' ? "a line break" : rune.Value is < ' ' or 0x7F ? $"the control character U+{rune.Value:X4}" : $"U+{rune.Value:X4}, which is not ASCII";
                return $"The key in {setting} cannot be sent: its character {position} is {what}, and no HTTP header can carry that.";
            }
        }

        return null;
    }

    private static Uri? Address(string text) =>
        Uri.TryCreate(text.TrimEnd('/'), UriKind.Absolute, out var uri)
        && (uri.Scheme is "http" or "https") && uri.UserInfo.Length == 0 && uri.Query.Length == 0 && uri.Fragment.Length == 0
            ? uri
            : null;

    private static string? Text(string? text) => text?.Trim() is { Length: > 0 } value ? value : null;

    [GeneratedRegex(@"^\$\{([A-Za-z_][A-Za-z0-9_]*)\}$")]
    private static partial Regex Reference { get; }
}
