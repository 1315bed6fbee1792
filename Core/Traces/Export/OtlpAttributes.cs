using System.Globalization;
using System.Text.Json;

namespace Platform.Core.Traces.Export;

/// <summary>
/// A list of <c>KeyValue</c>, as OTLP's JSON has it: 64-bit integers are text, and each value says its type
/// (https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding). A null is no attribute.
/// </summary>
internal sealed class OtlpAttributes(Utf8JsonWriter json)
{
    public OtlpAttributes Add(string key, string? value) => value is null ? this : Add(key, "stringValue", () => json.WriteStringValue(value));

    public OtlpAttributes Add(string key, long? value) => value is not { } number
        ? this
        : Add(key, "intValue", () => json.WriteStringValue(number.ToString(CultureInfo.InvariantCulture)));

    public OtlpAttributes Add(string key, double? value) => value is not { } number ? this : Add(key, "doubleValue", () => json.WriteNumberValue(number));

    public OtlpAttributes Add(string key, bool? value) => value is not { } flag ? this : Add(key, "boolValue", () => json.WriteBooleanValue(flag));

    /// <summary>No texts are no attribute either.</summary>
    public OtlpAttributes Add(string key, IReadOnlyCollection<string> values) => values.Count == 0 ? this : Add(key, "arrayValue", () =>
    {
        json.WriteStartObject();
        json.WriteStartArray("values");
        foreach (var value in values)
        {
            json.WriteStartObject();
            json.WriteString("stringValue", value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private OtlpAttributes Add(string key, string type, Action writeValue)
    {
        json.WriteStartObject();
        json.WriteString("key", key);
        json.WriteStartObject("value");
        json.WritePropertyName(type);
        writeValue();
        json.WriteEndObject();
        json.WriteEndObject();
        return this;
    }
}
