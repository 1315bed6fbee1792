namespace Platform.Web.Instruments;

/// <summary>What a chart shows of each stretch of time.</summary>
/// <param name="Name">For the legend.</param>
/// <param name="Tone">Class that gives it its colour: <c>answered</c>, <c>silent</c>, <c>failed</c>, <c>cancelled</c>, <c>first</c> or <c>second</c>.</param>
/// <param name="Values">One a stretch; null where there is nothing to say.</param>
public sealed record ChartSeries(string Name, string Tone, IReadOnlyList<double?> Values);
