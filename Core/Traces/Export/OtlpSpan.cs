using System.Globalization;
using System.Text.Json;

namespace Platform.Core.Traces.Export;

/// <summary>Writes one span, as OTLP's JSON has it: lowerCamelCase, hex ids, nanoseconds as text, enums as numbers.</summary>
/// <param name="Id">16 hex digits.</param>
/// <param name="ParentId">16 hex digits; null for a root.</param>
/// <param name="Name">What it is called.</param>
/// <param name="IsClient">True for a call to another system, false for internal work.</param>
/// <param name="Start">UTC.</param>
/// <param name="End">UTC.</param>
/// <param name="Error">What failed; null when nothing did.</param>
internal sealed record OtlpSpan(string Id, string? ParentId, string Name, bool IsClient, DateTimeOffset Start, DateTimeOffset End, string? Error)
{
    private const int InternalKind = 1;
    private const int ClientKind = 3;
    private const int ErrorStatus = 2;
    private const int NanosecondsPerTick = 100;

    /// <summary>Writes it.</summary>
    /// <param name="json">Inside an array of spans.</param>
    /// <param name="traceId">32 hex digits.</param>
    /// <param name="addAttributes">Adds its attributes.</param>
    /// <param name="events">What happened in it; null for nothing.</param>
    public void Write(Utf8JsonWriter json, string traceId, Action<OtlpAttributes> addAttributes, IEnumerable<OtlpEvent>? events = null)
    {
        json.WriteStartObject();
        json.WriteString("traceId", traceId);
        json.WriteString("spanId", Id);
        if (ParentId is not null)
        {
            json.WriteString("parentSpanId", ParentId);
        }

        json.WriteString("name", Name);
        json.WriteNumber("kind", IsClient ? ClientKind : InternalKind);
        json.WriteString("startTimeUnixNano", Nanoseconds(Start));
        json.WriteString("endTimeUnixNano", Nanoseconds(End));
        WriteAttributes(json, addAttributes);
        json.WriteStartArray("events");
        foreach (var one in events ?? [])
        {
            json.WriteStartObject();
            json.WriteString("timeUnixNano", Nanoseconds(one.At));
            json.WriteString("name", one.Name);
            WriteAttributes(json, one.AddAttributes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("status");
        if (Error is not null)
        {
            json.WriteString("message", Error);
            json.WriteNumber("code", ErrorStatus);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteAttributes(Utf8JsonWriter json, Action<OtlpAttributes> add)
    {
        json.WriteStartArray("attributes");
        add(new OtlpAttributes(json));
        json.WriteEndArray();
    }

    // For OTLP there are no times before 1970 and none after 2262 that every reader can hold.
    private static string Nanoseconds(DateTimeOffset time) =>
        (Math.Clamp(time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks, 0, long.MaxValue / NanosecondsPerTick) * NanosecondsPerTick).ToString(CultureInfo.InvariantCulture);
}
