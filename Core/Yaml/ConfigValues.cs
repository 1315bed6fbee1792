using System.Globalization;
using System.Text.Json;

namespace Platform.Core.Yaml;

/// <summary>
/// Reads typed values from layered entries and notes what does not fit. Entries that come from another
/// file than the one being read are not complained about here: they were when that file was read.
/// </summary>
internal sealed class ConfigValues(IReadOnlyDictionary<string, ConfigEntry> entries, ConfigProblems problems)
{
    private const int EchoedCharacters = 40;

    /// <summary>Null when the key is absent or empty.</summary>
    public ConfigEntry? Find(string key) =>
        entries.TryGetValue(key, out var entry) && entry.Value is not ConfigScalar { IsNull: true } ? entry : null;

    public string? Text(string key, int maxLength)
    {
        if (Find(key) is not { } entry)
        {
            return null;
        }

        if (entry.Value is not ConfigScalar scalar)
        {
            Error(entry, $"{key} must be text, not {Kind(entry.Value)}.", "Write one text; use | for several lines.");
            return null;
        }

        if (scalar.Text.Length > maxLength)
        {
            Error(entry, $"{key} has {scalar.Text.Length} characters; at most {maxLength} are allowed.", "Shorten it.");
            return null;
        }

        return Clean(entry, scalar.Text).Trim() is { Length: > 0 } text ? text : null;
    }

    public IReadOnlyList<string> Texts(string key, int maxItems, int maxLength)
    {
        if (Find(key) is not { } entry)
        {
            return [];
        }

        var items = entry.Value is ConfigScalar ? [entry.Value] : (entry.Value as ConfigList)?.Items;
        if (items is null)
        {
            Error(entry, $"{key} must be a list, not {Kind(entry.Value)}.", "Write one item a line, each after a dash.");
            return [];
        }

        if (items.Count > maxItems)
        {
            Error(entry, $"{key} has {items.Count} items; at most {maxItems} are allowed.", "Remove some.");
            return [];
        }

        return [.. items.Select((item, index) => Item(entry, item, $"{key}[{index}]", maxLength)).OfType<string>()];
    }

    public bool Flag(string key, bool fallback)
    {
        if (Find(key) is not { } entry)
        {
            return fallback;
        }

        return (entry.Value as ConfigScalar)?.Flag
            ?? Wrong<bool>(entry, $"{key} must be true or false, not {Echo(entry.Value)}.", "Write true or false, without quotes.")
            ?? fallback;
    }

    public int? Whole(string key, int? fallback, int min, int max)
    {
        if (Find(key) is not { } entry)
        {
            return fallback;
        }

        var isNumber = TryNumber(entry.Value, out var number);
        if (isNumber && number == Math.Truncate(number) && number >= min && number <= max)
        {
            return (int)number;
        }

        var fault = isNumber && number == Math.Truncate(number) ? "is out of range" : "is not a whole number";
        return Wrong<int>(entry, $"{key} is {Echo(entry.Value)}, which {fault}.", $"Write a whole number from {min} to {max}.") ?? fallback;
    }

    /// <summary>An explicit null is an answer too: it leaves the choice to the provider.</summary>
    public float? Real(string key, float? fallback, float min, float max)
    {
        if (Find(key) is not { } entry)
        {
            return entries.ContainsKey(key) ? null : fallback;
        }

        var isNumber = TryNumber(entry.Value, out var number);
        if (isNumber && number >= min && number <= max)
        {
            return (float)number;
        }

        var fault = isNumber ? "is out of range" : "is not a number";
        return Wrong<float>(entry, $"{key} is {Echo(entry.Value)}, which {fault}.", string.Create(CultureInfo.InvariantCulture, $"Write a number from {min:0.##} to {max:0.##}."));
    }

    public T Choice<T>(string key, IReadOnlyDictionary<string, T> choices, T fallback)
        where T : struct
    {
        if (Find(key) is not { } entry)
        {
            return fallback;
        }

        return entry.Value is ConfigScalar scalar && choices.TryGetValue(scalar.Text, out var choice)
            ? choice
            : Wrong<T>(entry, $"{key} is {Echo(entry.Value)}, which is not known.", $"Write one of {string.Join(", ", choices.Keys)}.") ?? fallback;
    }

    public IReadOnlyDictionary<string, JsonElement> Section(string key)
    {
        if (Find(key) is not { } entry)
        {
            return new Dictionary<string, JsonElement>();
        }

        if (entry.Value is ConfigMap)
        {
            return new ConfigJson(problems).Convert(entry)?.EnumerateObject().ToDictionary(item => item.Name, item => item.Value) ?? [];
        }

        Error(entry, $"{key} must be keys with values, not {Kind(entry.Value)}.", "Write one key a line, indented below it.");
        return new Dictionary<string, JsonElement>();
    }

    /// <summary>Notes an error at an entry.</summary>
    public void Error(ConfigEntry entry, string message, string remedy)
    {
        if (entry.File == problems.File)
        {
            problems.Error(entry.Place, entry.Key, message, remedy);
        }
    }

    private string? Item(ConfigEntry entry, ConfigNode item, string path, int maxLength)
    {
        switch (item)
        {
            case ConfigScalar scalar when scalar.Text.Length <= maxLength:
                return Clean(entry with { Place = item.Place, Key = path }, scalar.Text);
            case ConfigScalar scalar:
                Error(entry with { Place = item.Place, Key = path }, $"{path} has {scalar.Text.Length} characters; at most {maxLength} are allowed.", "Shorten it.");
                return null;
            default:
                Error(entry with { Place = item.Place, Key = path }, $"{path} must be text, not {Kind(item)}.", "Put the text in quotes if it contains \": \".");
                return null;
        }
    }

    private string Clean(ConfigEntry entry, string text)
    {
        if (!SecretKeys.LooksLikeOne(text))
        {
            return text;
        }

        if (entry.File == problems.File)
        {
            problems.Warn(entry.Place, entry.Key, "This text contains a secret; it is removed.", "Remove it and revoke it: anyone who read this file knows it.");
        }

        return SecretKeys.Redact(text);
    }

    private T? Wrong<T>(ConfigEntry entry, string message, string remedy)
        where T : struct
    {
        Error(entry, message, remedy);
        return null;
    }

    private static bool TryNumber(ConfigNode node, out double number)
    {
        number = 0;
        return node is ConfigScalar { Plain: true } scalar
            && double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out number)
            && double.IsFinite(number);
    }

    private static string Kind(ConfigNode node) => node switch
    {
        ConfigMap => "keys with values",
        ConfigList => "a list",
        _ => "a single value",
    };

    /// <summary>The value as a message shows it: short, and never a secret.</summary>
    public static string Echo(ConfigNode node)
    {
        if (node is not ConfigScalar scalar)
        {
            return Kind(node);
        }

        if (SecretKeys.LooksLikeOne(scalar.Text))
        {
            return "a secret";
        }

        var text = scalar.Text.Length > EchoedCharacters ? $"{scalar.Text[..EchoedCharacters]}…" : scalar.Text;
        return scalar.Plain ? text : $"the text \"{text}\"";
    }
}
