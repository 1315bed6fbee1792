namespace Platform.Core.Traces.Viewer;

/// <summary>A trace with a message.</summary>
/// <param name="Trace">The trace.</param>
/// <param name="Role">What the message was there: the trigger before all else, then context, then answer.</param>
/// <param name="Position">From 0 among the messages of that role.</param>
public sealed record ViewerHit(Trace Trace, TraceMessageRole Role, int Position);
