using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Trace;
using Platform.ServiceDefaults;

namespace Platform.Tests.ServiceDefaults.Telemetry;

[Collection(OtlpCollector.Collection)]
public class TelemetryExportTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Endpoint_Set_ReceivesTracesMetricsAndLogs()
    {
        await using var collector = await OtlpCollector.StartAsync(Token);
        var builder = DefaultsHost.Builder(collector.Settings);
        builder.AddServiceDefaults("exporting-host");
        await using (var app = builder.Build())
        {
            app.UseServiceDefaults();
            app.MapServiceDefaults();
            app.MapGet("/orders/{id}", (int id, ILogger<TelemetryExportTests> logger) => logger.LogWarning("Order {Id} was late", id));
            await app.StartAsync(Token);

            // As from another process: here the host would hear of the client's own span and not ask for it.
            using var client = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null }) { BaseAddress = new Uri(app.Urls.First()) };
            await client.GetStringAsync(new Uri("/orders/7", UriKind.Relative), Token);
            await client.GetStringAsync(new Uri("/alive", UriKind.Relative), Token);
            await client.GetStringAsync(new Uri("/metrics", UriKind.Relative), Token);
            await app.StopAsync(Token);
        }

        Assert.Equal(["logs", "metrics", "traces"], collector.Signals);
        Assert.All(collector.Signals, signal => Assert.Contains("exporting-host", collector.Text(signal), StringComparison.Ordinal));

        // Other hosts of this process are heard as well.
        var span = Assert.Single(collector.Spans, span => span.Attributes.GetValueOrDefault("url.path") == "/orders/7");
        Assert.Equal("GET /orders/{id}", span.Name);
        Assert.DoesNotContain(collector.Spans, span => span.Attributes.GetValueOrDefault("url.path") is "/alive" or "/metrics");
        Assert.Equal("/orders/{id}", span.Attributes["http.route"]);
        Assert.Contains("http.server.request.duration", collector.Text("metrics"), StringComparison.Ordinal);
        Assert.Equal(span.TraceId, Assert.Single(collector.Logs, log => log.Message == "Order 7 was late").TraceId);
        Assert.DoesNotContain("X-Correlation-ID", collector.Headers);
    }

    [Fact]
    public async Task Endpoint_Unset_NobodyListensToActivities()
    {
        await using var host = await DefaultsHost.StartAsync();

        Assert.Null(host.App.Services.GetService<TracerProvider>());
    }
}
