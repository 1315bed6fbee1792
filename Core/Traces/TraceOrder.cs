using Platform.Contracts.Traces;

namespace Platform.Core.Traces;

/// <summary>What a list of traces is sorted by. Equal values are in the order of the ids; unknown values come last.</summary>
/// <param name="By">The value.</param>
/// <param name="Direction">Of the values and of the ids.</param>
public sealed record TraceOrder(TraceSort By, TraceSortOrder Direction)
{
    /// <summary>The newest first.</summary>
    public static TraceOrder Newest { get; } = new(TraceSort.Time, TraceSortOrder.Desc);

    /// <summary>Whether the oldest or smallest comes first.</summary>
    public bool IsAscending => Direction == TraceSortOrder.Asc;

    /// <summary>The place of a trace in this order.</summary>
    internal TraceCursor At(Trace trace) =>
        new(this, By == TraceSort.Time ? trace.StartedAt.UtcTicks : TraceFigure.Of(By).ValueOf(trace), trace.Id);
}
