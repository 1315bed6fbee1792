namespace Platform.ServiceDefaults.Metrics;

/// <summary>Keeps the last measurement: gauges, and instruments that are observed when someone asks.</summary>
internal sealed class LastSeries : MetricSeries
{
    private double _value;

    public override void Record(double value) => Volatile.Write(ref _value, value);

    public override void Write(PrometheusWriter writer, string name, LabelSet labels) =>
        writer.WriteSample(name, labels, Volatile.Read(ref _value));
}
