using Platform.Web.Features.Traces.Waterfall;

namespace Platform.Web.Features.Traces.Parts;

/// <summary>A row of a trace's tree.</summary>
/// <param name="Name">Label.</param>
/// <param name="Kind">
/// <c>run</c>, <c>wait</c>, <c>decide</c>, <c>context</c>, <c>round</c>, <c>call</c>, <c>body</c>, <c>tool</c>, <c>send</c>, <c>store</c>, <c>log</c>, <c>more</c> or
/// <c>info</c>; determines icon and colour.
/// </param>
/// <param name="Part">What is shown when the row is selected.</param>
public sealed record TraceNode(string Name, string Kind, PartAddress Part)
{
    /// <summary>Additional text, such as the model.</summary>
    public string? Note { get; init; }

    /// <summary>Milliseconds since the activation started; negative before. Null when not recorded.</summary>
    public double? StartMs { get; init; }

    /// <summary>Milliseconds; null when not recorded.</summary>
    public double? DurationMs { get; init; }

    /// <summary>Time to first token in milliseconds.</summary>
    public double? FirstTokenMs { get; init; }

    /// <summary>The stretch in which it ran, when its start is not recorded.</summary>
    public WaterfallInterval? Within { get; init; }

    /// <summary>When it happened, if that is after the end of the time axis; milliseconds since the activation started.</summary>
    public double? AfterMs { get; init; }

    /// <summary>True for a step of the activation, which has a time.</summary>
    public bool IsTimed { get; init; }

    /// <summary>Input and output tokens; null when unknown.</summary>
    public (long? In, long? Out)? Tokens { get; init; }

    /// <summary>Size of a body in bytes.</summary>
    public long? SizeBytes { get; init; }

    /// <summary>Number of rows or messages.</summary>
    public long? Count { get; init; }

    /// <summary>Number of rows in the whole document, when it is shown as an excerpt with fewer; else null.</summary>
    public long? Total { get; init; }

    /// <summary>True when the step failed.</summary>
    public bool Failed { get; init; }

    /// <summary>Ids of the row: the fragments by which earlier versions addressed its section.</summary>
    public IReadOnlyList<string> Anchors { get; init; } = [];

    /// <summary>Log entries on the time axis.</summary>
    public IReadOnlyList<WaterfallTick> Ticks { get; init; } = [];

    /// <summary>Rows inside this one, in chronological order where the start is known.</summary>
    public IReadOnlyList<TraceNode> Children { get; init; } = [];

    /// <summary>Its own time and that of everything inside it; null when no start is recorded.</summary>
    public WaterfallInterval? Interval => WaterfallInterval.Around(
        Children.Select(child => child.Interval)
            .Prepend(StartMs is { } start ? new WaterfallInterval(start, start + Math.Max(0, DurationMs ?? 0)) : null)
            .Concat(Ticks.Select(tick => (WaterfallInterval?)new WaterfallInterval(tick.AtMs, tick.AtMs))));

    /// <summary>The row and all rows inside it, from top to bottom.</summary>
    public IEnumerable<TraceNode> All => Children.SelectMany(child => child.All).Prepend(this);
}
