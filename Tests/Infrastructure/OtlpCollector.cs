using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Platform.Tests.Infrastructure;

/// <summary>Receives OTLP over HTTP with protobuf, as a collector or Aspire's dashboard does.</summary>
public sealed class OtlpCollector : IAsyncDisposable
{
    /// <summary>Tests that run one after the other: a host in this process hears of the calls that other tests make, and changes their headers.</summary>
    public const string Collection = "OpenTelemetry";

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Signal, byte[] Body, IReadOnlyList<string> Headers)> _received = new();

    private OtlpCollector(WebApplication app) => _app = app;

    /// <summary>Settings for a host that exports here soon after each span.</summary>
    public Dictionary<string, string?> Settings => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Address.OriginalString,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
        ["OTEL_BLRP_SCHEDULE_DELAY"] = "200",
    };

    public Uri Address => new(_app.Urls.First());

    public IReadOnlyList<OtlpReceivedSpan> Spans => [.. Of("traces").SelectMany(OtlpReceivedSpan.Read)];

    public IReadOnlyList<OtlpReceivedLog> Logs => [.. Of("logs").SelectMany(OtlpReceivedLog.Read)];

    /// <summary>Signals that came.</summary>
    public IReadOnlyList<string> Signals => [.. _received.Select(one => one.Signal).Distinct().Order()];

    /// <summary>Names of the headers of all requests.</summary>
    public IReadOnlyList<string> Headers => [.. _received.SelectMany(one => one.Headers).Distinct()];

    public static async Task<OtlpCollector> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var collector = new OtlpCollector(app);
        app.MapPost("/v1/{signal}", collector.ReceiveAsync);
        await app.StartAsync(cancellationToken);
        return collector;
    }

    /// <summary>The bodies of a signal as text; strings lie in protobuf as they are.</summary>
    public string Text(string signal) => string.Concat(Of(signal).Select(System.Text.Encoding.Latin1.GetString));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private IEnumerable<byte[]> Of(string signal) => _received.Where(one => one.Signal == signal).Select(one => one.Body);

    private async Task ReceiveAsync(HttpContext context, string signal)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        _received.Enqueue((signal, body.ToArray(), [.. context.Request.Headers.Select(header => header.Key)]));
    }
}
