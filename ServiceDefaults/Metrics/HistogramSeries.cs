namespace Platform.ServiceDefaults.Metrics;

/// <summary>Counts measurements in buckets.</summary>
/// <param name="bounds">Upper bounds, ascending, in the base unit; the last bucket is infinite.</param>
internal sealed class HistogramSeries(double[] bounds) : MetricSeries
{
    private readonly Lock _gate = new();
    private readonly long[] _counts = new long[bounds.Length + 1];
    private double _sum;

    public override void Record(double value)
    {
        var found = Array.BinarySearch(bounds, value);
        lock (_gate)
        {
            _counts[found >= 0 ? found : ~found]++;
            _sum += value;
        }
    }

    public override void Write(PrometheusWriter writer, string name, LabelSet labels)
    {
        long[] counts;
        double sum;
        lock (_gate)
        {
            counts = [.. _counts];
            sum = _sum;
        }

        long cumulative = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            cumulative += counts[i];
            writer.WriteBucket(name, labels, i < bounds.Length ? bounds[i] : double.PositiveInfinity, cumulative);
        }

        writer.WriteSample(name + "_sum", labels, sum);
        writer.WriteSample(name + "_count", labels, cumulative);
    }
}
