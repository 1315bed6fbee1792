namespace Platform.Web.Features.Traces.Waterfall;

/// <summary>A log entry in the timeline.</summary>
/// <param name="AtMs">Milliseconds since the activation started.</param>
/// <param name="Level">Log level.</param>
/// <param name="Text">Message.</param>
public sealed record WaterfallTick(double AtMs, string Level, string Text);
