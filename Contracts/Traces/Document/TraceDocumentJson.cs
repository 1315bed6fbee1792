using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.Contracts.Traces.Document;

/// <summary>Writes new documents; <see cref="TraceDocumentReader"/> reads all of them.</summary>
public static class TraceDocumentJson
{
    /// <summary>How deep documents may nest: configurations and tool inputs are free-form and go beyond the default of 64.</summary>
    public const int MaxDepth = 512;

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        MaxDepth = MaxDepth,
        Converters = { new UtcConverter() },
    };

    /// <summary>Writes a document.</summary>
    /// <returns>UTF-8 JSON, indented by two spaces.</returns>
    public static byte[] Write(TraceDocument document) => JsonSerializer.SerializeToUtf8Bytes(document, Options);

    private sealed class UtcConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException($"{nameof(TraceDocumentReader)} reads documents.");

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value.UtcDateTime);
    }
}

/// <summary>JSON whose text is written as it is: indented, it would be most of the document.</summary>
internal sealed class OneLineConverter : JsonConverter<JsonElement>
{
    public override JsonElement Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => JsonElement.ParseValue(ref reader);

    public override void Write(Utf8JsonWriter writer, JsonElement value, JsonSerializerOptions options) => writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(value));
}

/// <summary>Pairs of numbers, all in one line.</summary>
internal sealed class TimelinePointsConverter : JsonConverter<IReadOnlyList<TimelinePoint>>
{
    public override bool HandleNull => true;

    public override IReadOnlyList<TimelinePoint> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        List<TimelinePoint> points = [];
        var pairs = JsonElement.ParseValue(ref reader);
        foreach (var pair in pairs.ValueKind is JsonValueKind.Array ? pairs.EnumerateArray() : Enumerable.Empty<JsonElement>())
        {
            if (pair.ValueKind is JsonValueKind.Array && pair.GetArrayLength() >= 2 && IsWhole(pair[0], out var atMs) && IsWhole(pair[1], out var characters))
            {
                points.Add(new TimelinePoint(atMs, characters));
            }
        }

        return points;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<TimelinePoint> value, JsonSerializerOptions options) => writer.WriteRawValue(
        $"[{string.Join(',', value.Select(point => string.Create(CultureInfo.InvariantCulture, $"[{point.AtMs},{point.Characters}]")))}]");

    private static bool IsWhole(JsonElement value, out long number)
    {
        number = 0;
        return value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out number);
    }
}
