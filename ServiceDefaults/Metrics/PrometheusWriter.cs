using System.Buffers;
using System.Globalization;
using System.Text;

namespace Platform.ServiceDefaults.Metrics;

/// <summary>Writes Prometheus' text format, version 0.0.4.</summary>
internal sealed class PrometheusWriter(IBufferWriter<byte> output)
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public void WriteHeader(string name, string help, MetricKind kind)
    {
        Text("# HELP ", name, " ", Escape(help, quotes: false), "\n");
        Text("# TYPE ", name, " ", Word(kind), "\n");
    }

    public void WriteSample(string name, LabelSet labels, double value)
    {
        Text(name);
        Labels(labels, bound: null);
        Text(" ", Number(value), "\n");
    }

    public void WriteBucket(string name, LabelSet labels, double bound, long count)
    {
        Text(name, "_bucket");
        Labels(labels, bound);
        Text(" ", count.ToString(CultureInfo.InvariantCulture), "\n");
    }

    private void Labels(LabelSet labels, double? bound)
    {
        if (labels.Labels.IsEmpty && bound is null)
        {
            return;
        }

        var separator = "{";
        foreach (var (name, value) in labels.Labels)
        {
            Text(separator, MetricName.Sanitize(name), "=\"", Escape(LabelValue(value), quotes: true), "\"");
            separator = ",";
        }

        if (bound is { } upper)
        {
            Text(separator, "le=\"", Number(upper), "\"");
        }

        Text("}");
    }

    private void Text(params ReadOnlySpan<string> parts)
    {
        foreach (var part in parts)
        {
            Encoding.UTF8.GetBytes(part, output);
        }
    }

    private static string LabelValue(object? value) => value switch
    {
        bool flag => flag ? "true" : "false",
        string text => text,
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static string Escape(string text, bool quotes)
    {
        if (text.AsSpan().IndexOfAny('\\', '\n', '"') < 0)
        {
            return text;
        }

        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return quotes ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
    }

    private static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf"
        : double.IsNegativeInfinity(value) ? "-Inf"
        : double.IsNaN(value) ? "NaN"
        : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Word(MetricKind kind) => kind switch
    {
        MetricKind.Counter => "counter",
        MetricKind.Histogram => "histogram",
        _ => "gauge",
    };
}
