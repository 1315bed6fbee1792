namespace Platform.Tests.Infrastructure;

/// <summary>A log record that came over OTLP.</summary>
public sealed record OtlpReceivedLog(string Service, string Message, string TraceId)
{
    /// <summary>Reads an <c>ExportLogsServiceRequest</c>.</summary>
    internal static IEnumerable<OtlpReceivedLog> Read(byte[] request) =>
        from resource in Protobuf.All(request, 1)
        let service = Protobuf.Attributes(Protobuf.All(resource, 1).Last(), 1)["service.name"]
        from record in Protobuf.All(resource, 2, 2)
        select new OtlpReceivedLog(service, Protobuf.Text(Protobuf.All(record, 5).LastOrDefault() ?? [], 1), Protobuf.Hex(record, 9));
}
