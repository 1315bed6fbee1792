using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.ServiceDefaults.Telemetry;

namespace Platform.ServiceDefaults.Metrics;

/// <summary>Listens to the instruments of <see cref="TelemetrySources.Meters"/> and keeps what they measured.</summary>
internal sealed partial class MetricCollector : IHostedService, IDisposable
{
    /// <summary>The runtime publishes these as counters although they go down as well.</summary>
    private static readonly string[] MislabelledGauges = ["dotnet.thread_pool.thread.count", "dotnet.thread_pool.queue.length"];

    private readonly IMeterFactory _meters;
    private readonly ILogger<MetricCollector> _logger;
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);
    private readonly Lock _scrape = new();

    public MetricCollector(IMeterFactory meters, ILogger<MetricCollector> logger)
    {
        _meters = meters;
        _logger = logger;
        _listener.InstrumentPublished = OnPublished;
        _listener.SetMeasurementEventCallback<byte>(static (_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<short>(static (_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<float>(static (_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<decimal>(static (_, value, tags, family) => Record(family, (double)value, tags));
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _listener.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _listener.Dispose();

    /// <summary>Observes what must be observed and writes everything.</summary>
    public void Write(PrometheusWriter writer)
    {
        lock (_scrape)
        {
            Observe();
            var families = _families.Values.OrderBy(family => family.Name, StringComparer.Ordinal).ToList();
            foreach (var family in families)
            {
                family.Write(writer);
            }

            WriteOverflow(writer, families);
        }
    }

    private static void Record(object? family, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        ((MetricFamily?)family)?.Record(value, tags);

    private static void WriteOverflow(PrometheusWriter writer, List<MetricFamily> families)
    {
        const string Name = "platform_metrics_overflowed_measurements_total";
        var overflowed = families.FindAll(family => family.Overflowed > 0);
        if (overflowed.Count == 0)
        {
            return;
        }

        writer.WriteHeader(Name, $"Measurements under labels beyond the {MetricFamily.SeriesLimit} series a metric may have.", MetricKind.Counter);
        foreach (var family in overflowed)
        {
            writer.WriteSample(Name, LabelSet.Borrow([new("metric", family.Name)]), family.Overflowed);
        }
    }

    private void Observe()
    {
        foreach (var family in _families.Values.Where(family => family.IsObserved))
        {
            family.Clear();
        }

        try
        {
            _listener.RecordObservableInstruments();
        }
        catch (AggregateException exception)
        {
            LogObservationFailure(exception.InnerExceptions.Count, exception.InnerExceptions[0]);
        }
    }

    private void OnPublished(Instrument instrument, MeterListener listener)
    {
        var isOurs = instrument.Meter.Scope is null || ReferenceEquals(instrument.Meter.Scope, _meters);
        if (!isOurs || !TelemetrySources.HasMeter(instrument.Meter.Name) || KindOf(instrument) is not { } kind)
        {
            return;
        }

        var name = MetricName.Of(instrument.Name, instrument.Unit, kind);
        var family = _families.GetOrAdd(name.Text, _ => Create(instrument, name, kind));
        if (family.Kind == kind && family.IsObserved == instrument.IsObservable)
        {
            listener.EnableMeasurementEvents(instrument, family);
        }
        else
        {
            LogConflict(instrument.Name, instrument.Meter.Name, name.Text);
        }
    }

    private static MetricFamily Create(Instrument instrument, MetricName name, MetricKind kind)
    {
        var help = string.IsNullOrWhiteSpace(instrument.Description) ? $"{instrument.Name} of {instrument.Meter.Name}." : instrument.Description;
        var keepsLast = instrument.IsObservable || GenericName(instrument) == "Gauge`1";
        var bounds = kind == MetricKind.Histogram ? HistogramBounds.Of(instrument, name) : [];
        return new MetricFamily(name, help, kind, instrument.IsObservable, () =>
            kind == MetricKind.Histogram ? new HistogramSeries(bounds)
            : keepsLast ? new LastSeries()
            : new SumSeries());
    }

    private static MetricKind? KindOf(Instrument instrument) => GenericName(instrument) switch
    {
        _ when MislabelledGauges.Contains(instrument.Name) => MetricKind.Gauge,
        "Counter`1" or "ObservableCounter`1" => MetricKind.Counter,
        "UpDownCounter`1" or "ObservableUpDownCounter`1" or "Gauge`1" or "ObservableGauge`1" => MetricKind.Gauge,
        "Histogram`1" => MetricKind.Histogram,
        _ => null,
    };

    private static string GenericName(Instrument instrument) => instrument.GetType().Name;

    [LoggerMessage(LogLevel.Warning, "{Count} instruments could not be observed.")]
    private partial void LogObservationFailure(int count, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Instrument {Instrument} of {Meter} is not shown: {Metric} is taken by an instrument of another kind.")]
    private partial void LogConflict(string instrument, string meter, string metric);
}
