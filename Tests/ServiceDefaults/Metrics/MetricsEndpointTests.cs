using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Platform.ServiceDefaults.Metrics;

namespace Platform.Tests.ServiceDefaults.Metrics;

public class MetricsEndpointTests
{
    private static readonly string[] OthersNames = ["dotnet_", "db_client_", "microsoft_entityframeworkcore_"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Metrics_RequestsServed_AreCountedByRouteTemplate()
    {
        await using var host = await DefaultsHost.StartAsync(map: app => app.MapGet("/items/{id}", (int id) => id));

        await host.Client.GetStringAsync(new Uri("/items/1", UriKind.Relative), Token);
        await host.Client.GetStringAsync(new Uri("/items/2", UriKind.Relative), Token);
        await host.Client.GetStringAsync(new Uri("/health", UriKind.Relative), Token);

        var count = Assert.Single(await LinesAsync(host), line => line.StartsWith("http_server_request_duration_seconds_count", StringComparison.Ordinal));
        Assert.Contains("http_route=\"/items/{id}\"", count, StringComparison.Ordinal);
        Assert.EndsWith(" 2", count, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_OfOurOwn_AreWrittenInPrometheusForm()
    {
        await using var host = await DefaultsHost.StartAsync();
        var meter = Meter(host);
        meter.CreateCounter<long>("platform.answers", "{answer}", "Answers \"given\".\nAll of them.").Add(2, new("bot", "a\"b\\c\nd"), new("app", true));
        var upDown = meter.CreateUpDownCounter<int>("platform.streams");
        upDown.Add(3);
        upDown.Add(-1);
        meter.CreateGauge<double>("platform.budget.left", "{usd}").Record(1.5);
        var histogram = meter.CreateHistogram("platform.wait", "s", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 1] });
        foreach (var seconds in (double[])[0.005, 0.01, 0.5, 5])
        {
            histogram.Record(seconds);
        }

        var lines = await LinesAsync(host);

        Assert.Contains("# HELP platform_answers_total Answers \"given\".\\nAll of them.", lines);
        Assert.Contains("# TYPE platform_answers_total counter", lines);
        Assert.Contains("platform_answers_total{app=\"true\",bot=\"a\\\"b\\\\c\\nd\"} 2", lines);
        Assert.Contains("# TYPE platform_streams gauge", lines);
        Assert.Equal(["platform_streams{} 2"], lines.Where(line => line.StartsWith("platform_streams", StringComparison.Ordinal)));
        Assert.Contains("platform_budget_left{} 1.5", lines);
        Assert.Contains("platform_wait_seconds_bucket{le=\"0.01\"} 2", lines);
        Assert.Contains("platform_wait_seconds_bucket{le=\"1\"} 3", lines);
        Assert.Contains("platform_wait_seconds_bucket{le=\"+Inf\"} 4", lines);
        Assert.Contains("platform_wait_seconds_count{} 4", lines);
        Assert.Contains(lines, line => line.StartsWith("platform_wait_seconds_sum{} 5.515", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Metrics_TagsInAnotherOrder_AreOneSeries()
    {
        await using var host = await DefaultsHost.StartAsync();
        var counter = Meter(host).CreateCounter<int>("platform.orders");
        counter.Add(1, new("b", 1), new("a", 2));
        counter.Add(1, new("a", 2), new("b", 1));

        Assert.Contains("platform_orders_total{a=\"2\",b=\"1\"} 2", await LinesAsync(host));
    }

    [Fact]
    public async Task Metrics_ObservationThrows_LeavesTheRestReadable()
    {
        await using var host = await DefaultsHost.StartAsync();
        Meter(host).CreateObservableGauge("platform.broken", int () => throw new InvalidOperationException("broken"));

        Assert.Contains(await LinesAsync(host), line => line.StartsWith("platform_build_info{", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Metrics_TooManyLabels_OverflowIntoOneSeries()
    {
        await using var host = await DefaultsHost.StartAsync();
        var counter = Meter(host).CreateCounter<int>("platform.users");
        for (var i = 0; i < MetricsEndpoint.SeriesLimit + 7; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("id", i));
        }

        var lines = await LinesAsync(host);

        Assert.Equal(MetricsEndpoint.SeriesLimit + 1, lines.Count(line => line.StartsWith("platform_users_total{", StringComparison.Ordinal)));
        Assert.Contains("platform_users_total{otel_metric_overflow=\"true\"} 7", lines);
    }

    [Fact]
    public async Task Metrics_Whole_PassPromtoolWithoutAFinding()
    {
        var promtool = ProgramFinder.Find("promtool");
        Assert.SkipWhen(promtool is null, "promtool (Debian package prometheus) is not installed.");
        await using var host = await DefaultsHost.StartAsync(services => services.AddHttpClient(), app => app.MapGet("/items/{id}", (int id) => id));
        using var outgoing = host.App.Services.GetRequiredService<IHttpClientFactory>().CreateClient();
        await outgoing.GetStringAsync(new Uri(host.Client.BaseAddress!, "/items/1"), Token);
        Meter(host).CreateHistogram<double>("platform.wait", "s", "How long things waited.").Record(1);
        GC.Collect();

        var text = await host.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative), Token);

        Assert.Contains("http_client_request_duration_seconds", text, StringComparison.Ordinal);
        Assert.Empty(FindingsOfOurs(await CheckAsync(promtool, text)));
    }

    private static Meter Meter(DefaultsHost host) => host.App.Services.GetRequiredService<IMeterFactory>().Create("Platform.Tests");

    private static async Task<string[]> LinesAsync(DefaultsHost host)
    {
        using var response = await host.Client.GetAsync(new Uri("/metrics", UriKind.Relative), Token);
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        return (await response.Content.ReadAsStringAsync(Token)).Split('\n');
    }

    /// <summary>Findings of promtool, without those about names that the runtime, Npgsql and EF Core chose: <c>dotnet_timer_count</c>.</summary>
    internal static IEnumerable<string> FindingsOfOurs(string output) => output
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Where(line => !OthersNames.Any(name => line.StartsWith(name, StringComparison.Ordinal)));

    private static async Task<string> CheckAsync(string promtool, string text)
    {
        var start = new ProcessStartInfo(promtool, ["check", "metrics"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("promtool did not start.");
        await process.StandardInput.WriteAsync(text.AsMemory(), Token);
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync(Token) + await process.StandardError.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        return output;
    }
}
