namespace Platform.Contracts.EventLog;

/// <summary>Data of the first event of a stream whose requested position is no longer available: the events between were deleted or never existed.</summary>
/// <param name="After">The requested position.</param>
/// <param name="From">The position at which the stream continues.</param>
public sealed record EventGapEvent(long After, long From);
