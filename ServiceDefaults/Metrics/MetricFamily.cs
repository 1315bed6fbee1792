using System.Collections.Concurrent;

namespace Platform.ServiceDefaults.Metrics;

/// <summary>All series of one metric. Beyond the limit, measurements under new labels go to one overflow series.</summary>
internal sealed class MetricFamily(MetricName name, string help, MetricKind kind, bool isObserved, Func<MetricSeries> create)
{
    /// <summary>The most series a metric may have.</summary>
    public const int SeriesLimit = 500;

    private static readonly LabelSet OverflowLabels = LabelSet.Borrow([new("otel_metric_overflow", "true")]).Own();

    private readonly ConcurrentDictionary<LabelSet, MetricSeries> _series = new();
    private int _count;
    private long _overflowed;

    public string Name => name.Text;

    public MetricKind Kind => kind;

    /// <summary>Observed when someone asks, so that series which are no longer reported must vanish.</summary>
    public bool IsObserved => isObserved;

    /// <summary>Measurements that went to the overflow series.</summary>
    public long Overflowed => Interlocked.Read(ref _overflowed);

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = LabelSet.Borrow(tags);
        if (!_series.TryGetValue(labels, out var series))
        {
            series = Add(labels);
        }

        series.Record(value * name.Scale);
    }

    public void Clear()
    {
        _series.Clear();
        Volatile.Write(ref _count, 0);
    }

    public void Write(PrometheusWriter writer)
    {
        if (_series.IsEmpty)
        {
            return;
        }

        writer.WriteHeader(Name, help, kind);
        foreach (var (labels, series) in _series)
        {
            series.Write(writer, Name, labels);
        }
    }

    private MetricSeries Add(LabelSet labels)
    {
        if (Volatile.Read(ref _count) >= SeriesLimit)
        {
            Interlocked.Increment(ref _overflowed);
            return _series.GetOrAdd(OverflowLabels, _ => create());
        }

        var made = create();
        var kept = _series.GetOrAdd(labels.Own(), made);
        if (ReferenceEquals(made, kept))
        {
            Interlocked.Increment(ref _count);
        }

        return kept;
    }
}
