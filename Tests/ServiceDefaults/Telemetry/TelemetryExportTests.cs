using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Platform.ServiceDefaults;

namespace Platform.Tests.ServiceDefaults.Telemetry;

public class TelemetryExportTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Endpoint_Set_ReceivesTracesMetricsAndLogs()
    {
        var received = new ConcurrentDictionary<string, string>();
        await using var collector = await StartCollectorAsync(received);
        var builder = DefaultsHost.Builder(new Dictionary<string, string?>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Urls.First(),
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        });
        builder.AddServiceDefaults("exporting-host");
        await using (var app = builder.Build())
        {
            app.UseServiceDefaults();
            app.MapServiceDefaults();
            app.MapGet("/orders/{id}", (int id, ILogger<TelemetryExportTests> logger) => logger.LogWarning("Order {Id} was late", id));
            await app.StartAsync(Token);
            using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
            await client.GetStringAsync(new Uri("/orders/7", UriKind.Relative), Token);
            await client.GetStringAsync(new Uri("/alive", UriKind.Relative), Token);
            await app.StopAsync(Token);
        }

        Assert.Equal(["/v1/logs", "/v1/metrics", "/v1/traces"], received.Keys.Order());
        Assert.All(received.Values, body => Assert.Contains("exporting-host", body, StringComparison.Ordinal));
        Assert.Contains("GET /orders/{id}", received["/v1/traces"], StringComparison.Ordinal);
        Assert.DoesNotContain("GET /alive", received["/v1/traces"], StringComparison.Ordinal);
        Assert.Contains("http.server.request.duration", received["/v1/metrics"], StringComparison.Ordinal);
        Assert.Contains("Order 7 was late", received["/v1/logs"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Endpoint_Unset_NothingListens()
    {
        await using var host = await DefaultsHost.StartAsync();

        Assert.Null(host.App.Services.GetService<TracerProvider>());
        Assert.Null(host.App.Services.GetService<MeterProvider>());
    }

    /// <summary>Keeps the bodies by path; strings lie in protobuf as they are.</summary>
    private static async Task<WebApplication> StartCollectorAsync(ConcurrentDictionary<string, string> received)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/v1/{signal}", async (HttpRequest request) =>
        {
            using var reader = new StreamReader(request.Body, System.Text.Encoding.Latin1);
            var body = await reader.ReadToEndAsync(Token);
            received.AddOrUpdate(request.Path, body, (_, earlier) => earlier + body);
        });
        await app.StartAsync(Token);
        return app;
    }
}
