using System.Globalization;
using System.Text.Json;
using Platform.Core.Text;

namespace Platform.Core.Traces.Diff;

/// <summary>A JSON object as lines, sorted by key, so that two of them can be compared however they were written.</summary>
internal static class FlatJson
{
    // Of a name in a path: each level repeats all names around it.
    private const int LongestName = 200;

    /// <summary>Writes a line a value: <c>key.inner[0] = value</c>; a text of several lines is <c>key | line</c>, a line each.</summary>
    /// <param name="element">The object.</param>
    /// <param name="without">Keys of its own that are left out.</param>
    public static IEnumerable<string> Lines(JsonElement element, params IReadOnlyCollection<string> without) => element.ValueKind == JsonValueKind.Object
        ? Properties(element).Where(property => !without.Contains(property.Name)).SelectMany(property => Lines(Name(property), property.Value))
        : [];

    private static IEnumerable<string> Lines(string path, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object when value.EnumerateObject().Any() =>
            Properties(value).SelectMany(property => Lines($"{path}.{Name(property)}", property.Value)),
        JsonValueKind.Array when value.GetArrayLength() > 0 =>
            value.EnumerateArray().SelectMany((item, index) => Lines(string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]"), item)),
        JsonValueKind.String => Lines(path, value.GetString() ?? ""),
        JsonValueKind.Number when value.TryGetDecimal(out var number) => [$"{path} = {number.ToString("G29", CultureInfo.InvariantCulture)}"],
        _ => [$"{path} = {value.GetRawText()}"],
    };

    private static IEnumerable<string> Lines(string path, string text) => TextLines.Of(text) is { Count: > 1 } lines
        ? lines.Select(line => $"{path} | {line}")
        : [$"{path} = {text}"];

    private static string Name(JsonProperty property) => Preview.Of(property.Name, LongestName);

    private static IEnumerable<JsonProperty> Properties(JsonElement element) =>
        element.EnumerateObject().OrderBy(property => property.Name, StringComparer.Ordinal);
}
