namespace Platform.Web.Features.Traces.Waterfall;

/// <summary>A log line on the time scale.</summary>
/// <param name="AtMs">Milliseconds since the activation began.</param>
/// <param name="Level">Its level.</param>
/// <param name="Text">What it says.</param>
public sealed record WaterfallTick(double AtMs, string Level, string Text);
