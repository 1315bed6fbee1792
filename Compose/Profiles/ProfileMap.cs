using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Platform.Compose.Profiles;

/// <summary>A mapping of a profile. Every key must be read: an unknown key is an error.</summary>
/// <param name="file">The profile's name.</param>
/// <param name="place">Where in it this is, such as <c>services.api</c>.</param>
/// <param name="yaml">The mapping.</param>
internal sealed class ProfileMap(string file, string place, YamlMappingNode yaml)
{
    private readonly HashSet<string> _known = [];

    /// <summary>Its keys, in order.</summary>
    public IEnumerable<string> Keys => yaml.Children.Keys.Select(key => ((YamlScalarNode)key).Value ?? "");

    /// <exception cref="ComposeException">It is there and no text.</exception>
    public string? Text(string key) => Find(key) switch
    {
        null => null,
        YamlScalarNode { Value: { } text } => text,
        _ => throw Wrong($"{key} must be text"),
    };

    /// <exception cref="ComposeException">It is missing or no text.</exception>
    public string RequiredText(string key) => Text(key) ?? throw Wrong($"{key} is missing");

    /// <exception cref="ComposeException">It is there and neither true nor false.</exception>
    public bool? Flag(string key) => Text(key) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        _ => throw Wrong($"{key} must be true or false"),
    };

    /// <exception cref="ComposeException">It is there and no whole number.</exception>
    public int? Number(string key) =>
        Text(key) is not { } text ? null
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : throw Wrong($"{key} must be a whole number");

    /// <exception cref="ComposeException">It is there and no list of texts.</exception>
    public IReadOnlyList<string>? Texts(string key) => Find(key) switch
    {
        null => null,
        YamlSequenceNode list => [.. list.Select(item => (item as YamlScalarNode)?.Value ?? throw Wrong($"{key} must be a list of texts"))],
        _ => throw Wrong($"{key} must be a list"),
    };

    /// <exception cref="ComposeException">It is there and no mapping.</exception>
    public ProfileMap? Map(string key) => Find(key) switch
    {
        null => null,
        YamlMappingNode map => new ProfileMap(file, place.Length == 0 ? key : $"{place}.{key}", map),
        _ => throw Wrong($"{key} must be a mapping"),
    };

    /// <exception cref="ComposeException">It is there and no mapping to texts.</exception>
    public IReadOnlyDictionary<string, string> TextMap(string key)
    {
        var map = Map(key);
        return new OrderedDictionary<string, string>((map?.Keys ?? []).Select(name => KeyValuePair.Create(name, map!.RequiredText(name))));
    }

    /// <exception cref="ComposeException">It is there and no mapping to mappings.</exception>
    public IReadOnlyDictionary<string, T> Maps<T>(string key, Func<string, ProfileMap, T> read)
    {
        var map = Map(key);
        return new OrderedDictionary<string, T>((map?.Keys ?? []).Select(name => KeyValuePair.Create(name, read(name, map!.Map(name)!))));
    }

    /// <summary>Call it when all that is understood has been read.</summary>
    /// <exception cref="ComposeException">There is more.</exception>
    public void End()
    {
        if (Keys.FirstOrDefault(key => !_known.Contains(key)) is { } unknown)
        {
            throw Wrong($"unknown key '{unknown}'");
        }
    }

    /// <summary>An error that names the profile and the place.</summary>
    public ComposeException Wrong(string message) => new($"Profile '{file}': {(place.Length == 0 ? "" : $"{place}: ")}{message}.");

    private YamlNode? Find(string key)
    {
        _known.Add(key);
        return yaml.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;
    }
}
