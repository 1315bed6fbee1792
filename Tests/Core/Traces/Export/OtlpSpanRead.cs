using System.Text.Json;

namespace Platform.Tests.Core.Traces.Export;

/// <summary>A span as it was read back.</summary>
internal sealed record OtlpSpanRead(
    string TraceId, string SpanId, string? ParentId, string Name, int Kind, ulong Start, ulong End, int StatusCode, IReadOnlyDictionary<string, string> Attributes, IReadOnlyList<string> Events)
{
    public static OtlpSpanRead Of(JsonElement span) => new(
        Text(span, "traceId") ?? "",
        Text(span, "spanId") ?? "",
        Text(span, "parentSpanId"),
        Text(span, "name") ?? "",
        span.GetProperty("kind").GetInt32(),
        ulong.Parse(Text(span, "startTimeUnixNano") ?? "", System.Globalization.CultureInfo.InvariantCulture),
        ulong.Parse(Text(span, "endTimeUnixNano") ?? "", System.Globalization.CultureInfo.InvariantCulture),
        span.GetProperty("status").TryGetProperty("code", out var code) ? code.GetInt32() : 0,
        span.GetProperty("attributes").EnumerateArray().ToDictionary(
            attribute => Text(attribute, "key") ?? "",
            attribute => attribute.GetProperty("value").EnumerateObject().Single().Value.ToString()),
        [.. span.GetProperty("events").EnumerateArray().Select(one => Text(one, "name") ?? "")]);

    private static string? Text(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) ? value.GetString() : null;
}
