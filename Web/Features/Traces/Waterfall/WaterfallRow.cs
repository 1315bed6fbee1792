namespace Platform.Web.Features.Traces.Waterfall;

/// <summary>One step of an activation on its time scale.</summary>
/// <param name="Name">What it was.</param>
/// <param name="Kind"><c>wait</c>, <c>decide</c>, <c>context</c>, <c>call</c>, <c>tool</c>, <c>send</c> or <c>store</c>; decides the colour.</param>
/// <param name="StartMs">Milliseconds since the activation began; below 0 before it. Null when it was not recorded.</param>
/// <param name="DurationMs">Milliseconds; null when it was not recorded.</param>
/// <param name="Note">What else there is to say.</param>
/// <param name="FirstTokenMs">Milliseconds from its start to the first token.</param>
/// <param name="Failed">True when it ended badly.</param>
/// <param name="Target">The part of the page that tells more.</param>
/// <param name="Depth">1 for what happened within the row before it.</param>
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
