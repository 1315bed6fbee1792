using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.Contracts.Traces.Document;

/// <summary>Converters that take what is there and never fail on a value of another type.</summary>
internal static class Tolerant
{
    /// <summary>Most elements of a list that are read; those beyond are skipped. Real traces have tens of thousands.</summary>
    public const int MostElements = 250_000;

    /// <summary>Creates the converters of texts, numbers, flags and times.</summary>
    /// <param name="text">Applied to each text.</param>
    public static IEnumerable<JsonConverter> Converters(Func<string, string>? text)
    {
        var texts = new ValueConverter<string?>((ref reader) => Text(ref reader) is { } read ? text?.Invoke(read) ?? read : null);
        return
        [
            texts,
            new ListConverter<string>((ref reader, options) => texts.Read(ref reader, typeof(string), options)),
            new ValueConverter<int>((ref reader) => Int(ref reader) ?? 0),
            new ValueConverter<int?>(Int),
            new ValueConverter<long>((ref reader) => Whole(ref reader) ?? 0),
            new ValueConverter<long?>(Whole),
            new ValueConverter<double?>(Real),
            new ValueConverter<bool>((ref reader) => Flag(ref reader) ?? false),
            new ValueConverter<bool?>(Flag),
            new ValueConverter<DateTimeOffset?>(Instant),
        ];
    }

    /// <summary>The converter of a part or a list of parts; null for every other type.</summary>
    public static JsonConverter? PartConverter(Type type) =>
        typeof(TracePart).IsAssignableFrom(type) ? Create(typeof(PartConverter<>), type)
        : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) && typeof(TracePart).IsAssignableFrom(type.GenericTypeArguments[0])
            ? Create(typeof(PartListConverter<>), type.GenericTypeArguments[0])
            : null;

    private static JsonConverter? Create(Type converter, Type part) => (JsonConverter?)Activator.CreateInstance(converter.MakeGenericType(part));

    /// <summary>Text, or a number's own digits: an id written as a number keeps all of them. Postgres stores no NUL, so U+FFFD replaces it.</summary>
    private static string? Text(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString()?.Replace('\0', '\uFFFD'),
        JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
        _ => Nothing<string>(ref reader),
    };

    private static int? Int(ref Utf8JsonReader reader) => Whole(ref reader) is { } whole ? (int)Math.Clamp(whole, int.MinValue, int.MaxValue) : null;

    /// <summary>Fractions are rounded, and what does not fit is cut to the largest number.</summary>
    private static long? Whole(ref Utf8JsonReader reader) =>
        reader.TokenType is JsonTokenType.Number && reader.TryGetInt64(out var whole) ? whole
        : Number(ref reader) is { } number ? (long)Math.Clamp(Math.Round(number), long.MinValue, long.MaxValue)
        : null;

    private static double? Real(ref Utf8JsonReader reader) => Number(ref reader) is { } number && double.IsFinite(number) ? number : null;

    private static double? Number(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Number => reader.GetDouble(),
        JsonTokenType.String => double.TryParse(reader.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null,
        _ => Nothing<double?>(ref reader),
    };

    private static bool? Flag(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => Nothing<bool?>(ref reader),
    };

    private static DateTimeOffset? Instant(ref Utf8JsonReader reader) =>
        reader.TokenType is JsonTokenType.String ? TraceTime.Parse(reader.GetString()) : Nothing<DateTimeOffset?>(ref reader);

    private static T? Nothing<T>(ref Utf8JsonReader reader)
    {
        reader.Skip();
        return default;
    }
}

/// <summary>Reads a value; the reader is at its first token, and at its last one afterwards.</summary>
internal delegate T ReadValue<out T>(ref Utf8JsonReader reader);

/// <summary>Reads an element of a list; null leaves it out.</summary>
internal delegate T? ReadElement<out T>(ref Utf8JsonReader reader, JsonSerializerOptions options);

/// <summary>A converter that <see cref="TraceDocumentReader"/> uses; <see cref="TraceDocumentJson"/> writes without it.</summary>
internal abstract class TolerantConverter<T> : JsonConverter<T>
{
    public override bool HandleNull => true;

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        throw new NotSupportedException($"{nameof(TraceDocumentJson)} writes documents.");
}

/// <summary>Reads texts, numbers, flags and times.</summary>
internal sealed class ValueConverter<T>(ReadValue<T> read) : TolerantConverter<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => read(ref reader);
}

/// <summary>A converter of what has a kind in JSON.</summary>
internal interface ITolerantConverter
{
    JsonValueKind Expected { get; }
}

/// <summary>Reads a part; everything but an object is no part.</summary>
internal sealed class PartConverter<T> : TolerantConverter<T?>, ITolerantConverter
    where T : TracePart
{
    private JsonConverter<T>? _members;

    public JsonValueKind Expected => JsonValueKind.Object;

    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.StartObject)
        {
            _members ??= (JsonConverter<T>)options.GetConverter(typeof(T));
            return _members.Read(ref reader, typeof(T), options);
        }

        reader.Skip();
        return null;
    }
}

/// <summary>Reads a list; everything but an array is an empty one.</summary>
internal class ListConverter<T>(ReadElement<T> read) : TolerantConverter<IReadOnlyList<T>>, ITolerantConverter
    where T : class
{
    public JsonValueKind Expected => JsonValueKind.Array;

    public override IReadOnlyList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is not JsonTokenType.StartArray)
        {
            reader.Skip();
            return [];
        }

        List<T> elements = [];
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (elements.Count == Tolerant.MostElements)
            {
                reader.Skip();
            }
            else if (read(ref reader, options) is { } element)
            {
                elements.Add(element);
            }
        }

        return elements;
    }
}

/// <summary>Reads a list of parts. Elements keep their places: one of another type is an empty part.</summary>
internal sealed class PartListConverter<T>() : ListConverter<T>(new PartReader().Read)
    where T : TracePart, new()
{
    private sealed class PartReader
    {
        private readonly PartConverter<T> _converter = new();

        public T Read(ref Utf8JsonReader reader, JsonSerializerOptions options) => _converter.Read(ref reader, typeof(T), options) ?? new T();
    }
}

/// <summary>Times as trace files have them.</summary>
public static class TraceTime
{
    // Microseconds are what Postgres keeps; a key must not differ below them.
    private const long TicksPerMicrosecond = TimeSpan.TicksPerMicrosecond;

    /// <summary>Reads ISO 8601: a date with or without a time, UTC unless it has an offset, down to microseconds.</summary>
    /// <returns>Null for anything else: "12:30" would be today's, and "3.7" a day of March.</returns>
    public static DateTimeOffset? Parse(string? text) =>
        text is [_, _, _, _, '-', ..]
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
            ? instant.AddTicks(-(instant.Ticks % TicksPerMicrosecond))
            : null;
}
