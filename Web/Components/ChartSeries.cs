namespace Platform.Web.Components;

/// <summary>One series of a chart.</summary>
/// <param name="Name">Legend text.</param>
/// <param name="Tone">CSS class that sets the colour: <c>answered</c>, <c>silent</c>, <c>failed</c>, <c>cancelled</c>, <c>first</c> or <c>second</c>.</param>
/// <param name="Values">One value a bucket; null where there is none.</param>
public sealed record ChartSeries(string Name, string Tone, IReadOnlyList<double?> Values);
