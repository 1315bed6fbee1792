namespace Platform.ServiceDefaults.Metrics;

/// <summary>Adds measurements up: counters and up-down counters.</summary>
internal sealed class SumSeries : MetricSeries
{
    private double _sum;

    public override void Record(double value)
    {
        var seen = Volatile.Read(ref _sum);
        while (true)
        {
            var before = Interlocked.CompareExchange(ref _sum, seen + value, seen);
            if (before.Equals(seen))
            {
                return;
            }

            seen = before;
        }
    }

    public override void Write(PrometheusWriter writer, string name, LabelSet labels) =>
        writer.WriteSample(name, labels, Volatile.Read(ref _sum));
}
