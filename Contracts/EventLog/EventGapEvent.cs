namespace Platform.Contracts.EventLog;

/// <summary>Data of the first event of a stream that was asked for more than there is: what lies between was dropped or never was.</summary>
/// <param name="After">The position that was asked for.</param>
/// <param name="From">The position at which the stream goes on.</param>
public sealed record EventGapEvent(long After, long From);
