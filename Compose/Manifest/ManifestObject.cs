using System.Text.Json;

namespace Platform.Compose.Manifest;

/// <summary>An object of the manifest. Every key must be read: an unknown key is an error.</summary>
/// <param name="resource">The resource it belongs to.</param>
/// <param name="place">Where in the resource it is; empty for the resource itself.</param>
/// <param name="json">The object.</param>
internal sealed class ManifestObject(string resource, string place, JsonElement json)
{
    private readonly HashSet<string> _known = [];

    public string Resource => resource;

    /// <summary>Its keys, in order.</summary>
    public IEnumerable<string> Keys => json.EnumerateObject().Select(property => property.Name);

    /// <exception cref="ComposeException">It is there and no text.</exception>
    public string? Text(string key) => Find(key, JsonValueKind.String)?.GetString();

    /// <exception cref="ComposeException">It is missing or no text.</exception>
    public string RequiredText(string key) => Text(key) ?? throw Wrong($"{key} is missing");

    /// <exception cref="ComposeException">It is there and neither true nor false.</exception>
    public bool? Flag(string key) => Find(key, JsonValueKind.True, JsonValueKind.False)?.GetBoolean();

    /// <exception cref="ComposeException">It is there and no whole number.</exception>
    public int? Number(string key) =>
        Find(key, JsonValueKind.Number) is not { } value ? null
        : value.TryGetInt32(out var number) ? number
        : throw Wrong($"{key} is not a whole number");

    /// <exception cref="ComposeException">It is there and no object.</exception>
    public ManifestObject? Object(string key) =>
        Find(key, JsonValueKind.Object) is { } value ? new ManifestObject(resource, PlaceOf(key), value) : null;

    /// <exception cref="ComposeException">It is there and no list of objects.</exception>
    public IReadOnlyList<ManifestObject> Objects(string key) =>
        [.. Items(key).Select((item, index) => item.ValueKind == JsonValueKind.Object
            ? new ManifestObject(resource, $"{PlaceOf(key)}[{index}]", item)
            : throw Wrong($"{key}[{index}] is not an object"))];

    /// <exception cref="ComposeException">It is there and no list of texts that can be read.</exception>
    public IReadOnlyList<Expression> Expressions(string key) =>
        [.. Items(key).Select((item, index) => item.ValueKind == JsonValueKind.String
            ? Parse($"{key}[{index}]", item.GetString() ?? "")
            : throw Wrong($"{key}[{index}] is not text"))];

    /// <exception cref="ComposeException">It is there and holds something other than texts that can be read.</exception>
    public IReadOnlyDictionary<string, Expression> ExpressionMap(string key)
    {
        var map = new OrderedDictionary<string, Expression>();
        var entries = Object(key);
        foreach (var name in entries?.Keys ?? [])
        {
            map[name] = entries!.Expression(name) ?? throw entries.Wrong($"{name} is missing");
        }

        return map;
    }

    /// <exception cref="ComposeException">It is there and cannot be read.</exception>
    public Expression? Expression(string key) => Text(key) is { } text ? Parse(key, text) : null;

    /// <summary>Call it when all that is understood has been read.</summary>
    /// <exception cref="ComposeException">There is more.</exception>
    public void End()
    {
        if (Keys.FirstOrDefault(key => !_known.Contains(key)) is { } unknown)
        {
            throw Wrong($"unknown key '{unknown}'");
        }
    }

    /// <summary>An error that names the resource and the place.</summary>
    public ComposeException Wrong(string message) => new($"Resource '{resource}': {(place.Length == 0 ? "" : $"{place}: ")}{message}.");

    private string PlaceOf(string key) => place.Length == 0 ? key : $"{place}.{key}";

    private List<JsonElement> Items(string key) => Find(key, JsonValueKind.Array) is { } list ? [.. list.EnumerateArray()] : [];

    private JsonElement? Find(string key, params ReadOnlySpan<JsonValueKind> kinds)
    {
        _known.Add(key);
        return !json.TryGetProperty(key, out var value) ? null
            : kinds.Contains(value.ValueKind) ? value
            : throw Wrong($"{key} is of the wrong kind ({value.ValueKind})");
    }

    private Expression Parse(string key, string text)
    {
        try
        {
            return Manifest.Expression.Parse(text);
        }
        catch (FormatException exception)
        {
            throw Wrong($"{key}: {exception.Message}");
        }
    }
}
