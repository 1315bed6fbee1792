using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Platform.Tests.Core.Traces.Export;

/// <summary>
/// Reads OTLP JSON as strictly as its specification allows: names and types of opentelemetry-proto's trace.proto v1 in lowerCamelCase,
/// no other members, hex ids, 64-bit numbers as decimal text, enums as numbers, one value in each AnyValue.
/// </summary>
internal static partial class OtlpReader
{
    private static readonly Dictionary<string, Dictionary<string, string>> Messages = new()
    {
        ["TracesData"] = new() { ["resourceSpans"] = "[ResourceSpans" },
        ["ResourceSpans"] = new() { ["resource"] = "Resource", ["scopeSpans"] = "[ScopeSpans", ["schemaUrl"] = "string" },
        ["Resource"] = new() { ["attributes"] = "[KeyValue", ["droppedAttributesCount"] = "uint32" },
        ["ScopeSpans"] = new() { ["scope"] = "Scope", ["spans"] = "[Span", ["schemaUrl"] = "string" },
        ["Scope"] = new() { ["name"] = "string", ["version"] = "string", ["attributes"] = "[KeyValue" },
        ["Span"] = new()
        {
            ["traceId"] = "id32", ["spanId"] = "id16", ["parentSpanId"] = "id16", ["traceState"] = "string", ["flags"] = "uint32", ["name"] = "string",
            ["kind"] = "uint32", ["startTimeUnixNano"] = "fixed64", ["endTimeUnixNano"] = "fixed64", ["attributes"] = "[KeyValue",
            ["droppedAttributesCount"] = "uint32", ["events"] = "[Event", ["links"] = "[Link", ["status"] = "Status",
        },
        ["Event"] = new() { ["timeUnixNano"] = "fixed64", ["name"] = "string", ["attributes"] = "[KeyValue", ["droppedAttributesCount"] = "uint32" },
        ["Link"] = new() { ["traceId"] = "id32", ["spanId"] = "id16", ["attributes"] = "[KeyValue" },
        ["Status"] = new() { ["message"] = "string", ["code"] = "uint32" },
        ["KeyValue"] = new() { ["key"] = "string", ["value"] = "AnyValue" },
        ["AnyValue"] = new()
        {
            ["stringValue"] = "string", ["boolValue"] = "bool", ["intValue"] = "int64", ["doubleValue"] = "double", ["arrayValue"] = "ArrayValue",
            ["kvlistValue"] = "KeyValueList", ["bytesValue"] = "string",
        },
        ["ArrayValue"] = new() { ["values"] = "[AnyValue" },
        ["KeyValueList"] = new() { ["values"] = "[KeyValue" },
    };

    /// <summary>All spans.</summary>
    public static IReadOnlyList<OtlpSpanRead> Read(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        Check("TracesData", document.RootElement, "");
        return
        [
            .. from resource in document.RootElement.GetProperty("resourceSpans").EnumerateArray()
               from scope in resource.GetProperty("scopeSpans").EnumerateArray()
               from span in scope.GetProperty("spans").EnumerateArray()
               select OtlpSpanRead.Of(span.Clone()),
        ];
    }

    private static void Check(string type, JsonElement value, string path)
    {
        if (type.StartsWith('['))
        {
            Assert.True(value.ValueKind == JsonValueKind.Array, $"{path} is no array");
            foreach (var item in value.EnumerateArray())
            {
                Check(type[1..], item, path + "[]");
            }
        }
        else if (Messages.TryGetValue(type, out var members))
        {
            Assert.True(value.ValueKind == JsonValueKind.Object, $"{path} is no object");
            foreach (var member in value.EnumerateObject())
            {
                Assert.True(members.TryGetValue(member.Name, out var inner), $"{path}.{member.Name} is unknown");
                Check(inner, member.Value, $"{path}.{member.Name}");
            }

            Assert.True(type != "AnyValue" || value.EnumerateObject().Count() == 1, $"{path} has not one value");
        }
        else
        {
            Assert.True(IsScalar(type, value), $"{path} is no {type}: {value.GetRawText()}");
        }
    }

    private static bool IsScalar(string type, JsonElement value) => (type, value.ValueKind) switch
    {
        ("string", JsonValueKind.String) => true,
        ("bool", JsonValueKind.True or JsonValueKind.False) => true,
        ("double", JsonValueKind.Number) => true,
        ("uint32", JsonValueKind.Number) => value.TryGetUInt32(out _),
        ("int64", JsonValueKind.String) => long.TryParse(value.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        ("fixed64", JsonValueKind.String) => ulong.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out _),
        ("id32", JsonValueKind.String) => TraceId().IsMatch(value.GetString() ?? ""),
        ("id16", JsonValueKind.String) => SpanId().IsMatch(value.GetString() ?? ""),
        _ => false,
    };

    [GeneratedRegex("^(?!0{32})[0-9a-f]{32}$")]
    private static partial Regex TraceId();

    [GeneratedRegex("^(?!0{16})[0-9a-f]{16}$")]
    private static partial Regex SpanId();
}
