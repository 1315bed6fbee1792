namespace Platform.Web.Features.Traces.Waterfall;

/// <summary>One step in the timeline of an activation.</summary>
/// <param name="Name">Label of the step.</param>
/// <param name="Kind"><c>wait</c>, <c>decide</c>, <c>context</c>, <c>call</c>, <c>tool</c>, <c>send</c> or <c>store</c>; determines the colour.</param>
/// <param name="StartMs">Milliseconds since the activation started; negative before. Null when not recorded.</param>
/// <param name="DurationMs">Milliseconds; null when not recorded.</param>
/// <param name="Note">Additional text.</param>
/// <param name="FirstTokenMs">Time to first token in milliseconds.</param>
/// <param name="Failed">True when the step failed.</param>
/// <param name="Target">Section of the page with details.</param>
/// <param name="Depth">1 for a step inside the previous row.</param>
public sealed record WaterfallRow(
    string Name,
    string Kind,
    double? StartMs,
    double? DurationMs,
    string? Note = null,
    double? FirstTokenMs = null,
    bool Failed = false,
    string? Target = null,
    int Depth = 0);
