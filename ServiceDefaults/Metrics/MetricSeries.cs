namespace Platform.ServiceDefaults.Metrics;

/// <summary>The measurements of one instrument under one set of labels.</summary>
internal abstract class MetricSeries
{
    /// <summary>Takes a measurement; safe from any thread.</summary>
    public abstract void Record(double value);

    /// <summary>Writes the samples.</summary>
    public abstract void Write(PrometheusWriter writer, string name, LabelSet labels);
}
