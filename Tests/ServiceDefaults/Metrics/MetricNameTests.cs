using Platform.ServiceDefaults.Metrics;

namespace Platform.Tests.ServiceDefaults.Metrics;

public class MetricNameTests
{
    [Theory]
    [InlineData("http.server.request.duration", "s", nameof(MetricKind.Histogram), "http_server_request_duration_seconds", 1)]
    [InlineData("llm.latency", "ms", nameof(MetricKind.Histogram), "llm_latency_seconds", 0.001)]
    [InlineData("platform.activations.completed", "{activation}", nameof(MetricKind.Counter), "platform_activations_completed_total", 1)]
    [InlineData("dotnet.gc.heap.total_allocated", "By", nameof(MetricKind.Counter), "dotnet_gc_heap_total_allocated_bytes_total", 1)]
    [InlineData("cache.size", "MiBy", nameof(MetricKind.Gauge), "cache_size_bytes", 1048576)]
    [InlineData("events_total", null, nameof(MetricKind.Counter), "events_total", 1)]
    [InlineData("cache.hits", "1", nameof(MetricKind.Gauge), "cache_hits_ratio", 1)]
    [InlineData("disk.used", "%", nameof(MetricKind.Gauge), "disk_used_ratio", 0.01)]
    [InlineData("net.io", "By/s", nameof(MetricKind.Gauge), "net_io_bytes_per_second", 1)]
    [InlineData("dotnet.thread_pool.thread.count", "{thread}", nameof(MetricKind.Gauge), "dotnet_thread_pool_threads", 1)]
    [InlineData("dotnet.assembly.count", "{assembly}", nameof(MetricKind.Gauge), "dotnet_assemblies", 1)]
    [InlineData("queue.wait.seconds", "s", nameof(MetricKind.Gauge), "queue_wait_seconds", 1)]
    [InlineData("9lives--left!", null, nameof(MetricKind.Gauge), "_9lives_left", 1)]
    [InlineData("camelCase.name", null, nameof(MetricKind.Gauge), "camel_case_name", 1)]
    public void Of_InstrumentAndUnit_FollowsPrometheus(string instrument, string? unit, string kind, string text, double scale) =>
        Assert.Equal(new MetricName(text, scale), MetricName.Of(instrument, unit, Enum.Parse<MetricKind>(kind)));
}
