namespace Platform.Tests.Infrastructure;

/// <summary>A span that came over OTLP. Ids are hex digits; a root's parent is empty.</summary>
/// <param name="Kind">1 internal, 2 server, 3 client, 4 producer, 5 consumer.</param>
/// <param name="Links">Trace ids of what it is linked to.</param>
public sealed record OtlpReceivedSpan(
    string Service, string Source, string TraceId, string SpanId, string ParentId, string Name, int Kind, IReadOnlyDictionary<string, string> Attributes, IReadOnlyList<string> Links)
{
    /// <summary>Reads an <c>ExportTraceServiceRequest</c>.</summary>
    internal static IEnumerable<OtlpReceivedSpan> Read(byte[] request) =>
        from resource in Protobuf.All(request, 1)
        let service = Protobuf.Attributes(Protobuf.All(resource, 1).Last(), 1)["service.name"]
        from scope in Protobuf.All(resource, 2)
        let source = Protobuf.Text(Protobuf.All(scope, 1).Last(), 1)
        from span in Protobuf.All(scope, 2)
        select new OtlpReceivedSpan(
            service, source, Protobuf.Hex(span, 1), Protobuf.Hex(span, 2), Protobuf.Hex(span, 4), Protobuf.Text(span, 5), (int)Protobuf.Number(span, 6),
            Protobuf.Attributes(span, 9), [.. Protobuf.All(span, 13).Select(link => Protobuf.Hex(link, 1))]);
}
