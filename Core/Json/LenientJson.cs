using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Platform.Contracts.Traces.Document;

namespace Platform.Core.Json;

/// <summary>Reads what is there: a missing key, a null and a value of another type are all null.</summary>
public static class LenientJson
{
    [SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "JSON's own term.")]
    public static JsonElement? Object(JsonElement parent, string name) =>
        Value(parent, name) is { ValueKind: JsonValueKind.Object } value ? value : null;

    public static IEnumerable<JsonElement> Items(JsonElement parent, string name) =>
        Value(parent, name) is { ValueKind: JsonValueKind.Array } value ? value.EnumerateArray() : [];

    public static int Count(JsonElement parent, string name) =>
        Value(parent, name) is { ValueKind: JsonValueKind.Array } value ? value.GetArrayLength() : 0;

    /// <summary>Text, or a number's own digits: an id written as a number keeps all of them. Postgres stores no NUL, so U+FFFD replaces it.</summary>
    public static string? Text(JsonElement parent, string name) => Text(Value(parent, name));

    public static string? Text(JsonElement? value) => value switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString()?.Replace('\0', '\uFFFD'),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    /// <summary>A <see cref="Text(JsonElement, string)"/> that is not empty.</summary>
    public static string? Id(JsonElement parent, string name) => Text(parent, name) is { Length: > 0 } id ? id : null;

    public static bool? Flag(JsonElement parent, string name) => Value(parent, name)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>A count; fractions are rounded and what does not fit is cut to the largest number.</summary>
    public static int? Number(JsonElement parent, string name)
    {
        if (Value(parent, name) is not { ValueKind: JsonValueKind.Number } value)
        {
            return null;
        }

        return value.TryGetInt32(out var whole) ? whole : (int)Math.Clamp(Math.Round(value.GetDouble()), int.MinValue, int.MaxValue);
    }

    /// <summary>An ISO 8601 date with or without a time, UTC unless it has an offset.</summary>
    public static DateTimeOffset? Instant(JsonElement parent, string name) => TraceTime.Parse(Text(parent, name));

    /// <summary>A member of an object, whatever its type.</summary>
    public static JsonElement? Value(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) ? value : null;
}
