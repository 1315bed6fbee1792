namespace Platform.Core.EventLog;

/// <summary>Which positions the event log still holds.</summary>
/// <param name="Oldest">The first one there; one past <paramref name="Newest"/> when there is none.</param>
/// <param name="Newest">The last one given, 0 before the first event.</param>
public sealed record EventWindow(long Oldest, long Newest);
