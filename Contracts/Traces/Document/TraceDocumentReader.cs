using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Platform.Contracts.Traces.Document;

/// <summary>
/// Reads trace documents of every version of ChapterX, and our own, tolerantly: a value of another type counts as absent, an id
/// written as a number and a number written as text are read, an element of another type in a list of parts is an empty part.
/// It goes through the text once, element by element, and keeps only what it was made for.
/// </summary>
public sealed class TraceDocumentReader
{
    private readonly JsonSerializerOptions _options;
    private readonly PartConverter<TraceDocument> _root = new();

    /// <summary>Creates a reader, to be kept and shared: it holds what was found out about the types.</summary>
    /// <param name="parts">Which properties of <see cref="TraceDocument"/> are read, by name; null for all. The others are skipped.</param>
    /// <param name="text">Applied to each text that is read, e.g. to cut it.</param>
    /// <param name="keepsUnknown">Whether members without a property are kept in <see cref="TracePart.Unknown"/>.</param>
    public TraceDocumentReader(Predicate<string>? parts = null, Func<string, string>? text = null, bool keepsUnknown = false)
    {
        _options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            MaxDepth = TraceDocumentJson.MaxDepth,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { Adjust } },
        };
        foreach (var converter in Tolerant.Converters(text))
        {
            _options.Converters.Add(converter);
        }

        _options.MakeReadOnly();

        void Adjust(JsonTypeInfo type)
        {
            if (!typeof(TracePart).IsAssignableFrom(type.Type))
            {
                return;
            }

            foreach (var property in type.Properties.ToList())
            {
                if (IsLeftOut(type.Type, property))
                {
                    type.Properties.Remove(property);
                }
                else
                {
                    property.CustomConverter ??= Tolerant.PartConverter(property.PropertyType);
                }
            }
        }

        bool IsLeftOut(Type type, JsonPropertyInfo property) => property.IsExtensionData
            ? !keepsUnknown
            : type == typeof(TraceDocument) && property.AttributeProvider is MemberInfo member && parts?.Invoke(member.Name) is false;
    }

    /// <summary>Reads a document.</summary>
    /// <param name="utf8">Valid UTF-8 without a byte order mark and without escaped halves of surrogate pairs.</param>
    /// <returns>An empty document for JSON that is no object.</returns>
    /// <exception cref="JsonException">It is not JSON, or nests deeper than <see cref="TraceDocumentJson.MaxDepth"/>.</exception>
    public TraceDocument Read(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = TraceDocumentJson.MaxDepth });
        reader.Read();
        var document = _root.Read(ref reader, typeof(TraceDocument), _options);
        reader.Read(); // Throws if there is anything behind it.
        return document ?? new TraceDocument();
    }

    /// <summary>Reads a document that came as part of another one.</summary>
    /// <param name="document">Any element but an undefined one.</param>
    public TraceDocument Read(JsonElement document) => Read(JsonMarshal.GetRawUtf8Value(document));

    /// <summary>Names the members that should be objects or arrays and are something else, so that nothing of them was read.</summary>
    /// <param name="document">An object.</param>
    public IEnumerable<string> Unread(JsonElement document) =>
        from property in _options.GetTypeInfo(typeof(TraceDocument)).Properties
        where document.TryGetProperty(property.Name, out var value) && value.ValueKind is not JsonValueKind.Null
            && property.CustomConverter is ITolerantConverter converter && converter.Expected != value.ValueKind
        select property.Name;
}
