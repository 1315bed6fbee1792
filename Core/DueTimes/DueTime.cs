namespace Platform.Core.DueTimes;

/// <summary>When an area has work, on the database's clock.</summary>
/// <param name="Area">Whose work.</param>
/// <param name="IsDue">Whether something is due now. It may still not be claimable, such as what waits behind another of its channel.</param>
/// <param name="Next">How long until the next moment at which something becomes due; null when there is none.</param>
public sealed record DueTime(DueArea Area, bool IsDue, TimeSpan? Next);
